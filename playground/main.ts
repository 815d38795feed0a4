import { DemoError } from './demo/demo-error';
import { readOptions } from './demo/read-options';
import { startDemo } from './demo/start-demo';

/** What a process needs to find its programs and its temporary files. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR'];

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const demo = await startDemo(options, Object.fromEntries(inherited));
  process.stdout.write(`The demo is ready: ${demo.address} (Ctrl-C stops it)\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void demo.stop().then(() => process.exit(0), fail));
  }
}

function fail(error: unknown): never {
  const known = error instanceof DemoError;
  const message = error instanceof Error ? (known ? error.message : error.stack) : String(error);
  process.stderr.write(known ? `${message}\n` : `The demo failed: ${message}\n`);
  process.exit(1);
}

main().catch(fail);
