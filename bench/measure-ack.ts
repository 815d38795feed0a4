import { setTimeout as delay } from 'node:timers/promises';
import { startBatch } from '../src/batches/control/start-batch';
import type { BenchSystem } from './bench-system';
import { readBatch } from './lists';
import type { Result } from './result';
import { isStatus } from './until-status';

/** How long Slack waits for an acknowledgement while a batch is submitted, against an idle bot. */
export async function measureAck(system: BenchSystem, rows: number): Promise<Result> {
  await system.startBuka(0);
  const { batchId, version } = await readBatch(system, rows);
  const bots = await system.startBots(1, { ROLE: 'all' });
  system.slack.setRequestUrl(`http://127.0.0.1:${bots.port}/slack/events`);
  const idle = await acks(system, 100, () => true);
  await startBatch(system.app, system.actor, { batchId, version });
  const busy = await acks(system, 2_000, async () => !(await isStatus(system, batchId, 'submitted')));
  await bots.stop();
  return {
    measured: `Slack ack p99 while ${rows} are submitted (${busy.count} commands)`,
    figure: `${busy.p99.toFixed(0)} ms, longest ${busy.longest.toFixed(0)} ms`,
    against: `idle p99 ${idle.p99.toFixed(0)} ms`,
    ratio: busy.p99 / idle.p99,
    target: '≤ 3, never over 1 s',
  };
}

async function acks(system: BenchSystem, most: number, goOn: () => boolean | Promise<boolean>) {
  const anna = system.slack.as('U0ANNA0001');
  const channel = system.slack.channel('marketing').id;
  const times: number[] = [];
  while (times.length < most && (await goOn())) {
    const started = performance.now();
    const seen = await anna.command('/sms help', channel);
    if (!seen.acked) throw new Error(`A command was not acknowledged: ${seen.problem}`);
    times.push(performance.now() - started);
    await delay(10);
  }
  times.sort((a, b) => a - b);
  return {
    count: times.length,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
    longest: times.at(-1) ?? 0,
  };
}
