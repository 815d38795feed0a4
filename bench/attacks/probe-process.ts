import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProbeResult } from './start-probe';

/** Asks an address and a bare server in turn, until its input ends. Then prints what it saw. */

const EVERY_MS = 20;
/** A longer silence counts as no answer. */
const ANSWER_WITHIN_MS = 10_000;

async function main(url: string): Promise<void> {
  const bareServer = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'bare-health-process.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(bareServer.stdout, 'data')) as [Buffer];
  const bareUrl = line.toString().trim();
  let goOn = true;
  process.stdin.on('end', () => {
    goOn = false;
  });
  process.stdin.resume();
  process.stdout.write('ready\n');
  const times: { bot: number[]; bare: number[] } = { bot: [], bare: [] };
  let silent = 0;
  while (goOn) {
    times.bare.push(await ask(bareUrl));
    const took = await ask(url);
    if (took >= ANSWER_WITHIN_MS) silent += 1;
    times.bot.push(took);
    await delay(EVERY_MS);
  }
  bareServer.kill();
  const result: ProbeResult = { bot: p99(times.bot), bare: p99(times.bare), silent };
  process.stdout.write(JSON.stringify(result));
}

/** Milliseconds until the answer, a new connection each time, as a load balancer does. */
async function ask(url: string): Promise<number> {
  const started = performance.now();
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    await (await fetch(url, { signal, headers: { connection: 'close' } })).text();
    return performance.now() - started;
  } catch {
    return ANSWER_WITHIN_MS;
  }
}

const p99 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
