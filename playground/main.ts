import { DemoError } from './demo/demo-error';
import { readOptions } from './demo/read-options';
import { type Demo, startDemo } from './demo/start-demo';

/** What a process needs to find its programs and its temporary files. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR'];

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const demo = await startDemo(options, Object.fromEntries(inherited));
  if (options.sample) await makeSampleBatches(demo);
  say(`The demo is ready: ${demo.address} (Ctrl-C stops it)`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void demo.stop().then(() => process.exit(0), fail));
  }
}

/** A failure does not end the demo: it can be used without sample batches. */
async function makeSampleBatches(demo: Demo): Promise<void> {
  say('Making sample batches; this takes about 20 seconds.');
  try {
    const outcome = await demo.makeSampleBatches();
    if (outcome === 'already_there') {
      say('There are batches already, so none were made. To start afresh: npm run demo -- --reset --sample');
    }
  } catch (error) {
    say(
      `The sample batches could not all be made: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): never {
  const known = error instanceof DemoError;
  const message = error instanceof Error ? (known ? error.message : error.stack) : String(error);
  process.stderr.write(known ? `${message}\n` : `The demo failed: ${message}\n`);
  process.exit(1);
}

main().catch(fail);
