import { startBatch } from '../src/batches/control/start-batch';
import type { BenchSystem } from './bench-system';
import { readBatch } from './lists';
import type { Result } from './result';
import { untilStatus } from './until-status';

const SECRET = 'bench-callback-secret';
/** 100,000 texts are delivered within five minutes and polled from second ten on. Fewer rows take less, in proportion. */
const ROWS = 100_000;
const DELIVERED_WITHIN_MS = 300_000;
const FIRST_POLL_MS = 10_000;

/**
 * How many calls it takes to track a batch to completion, without webhooks and with them. It runs in real time: fewer
 * rows are delivered in proportionally less time, so that the number of calls shrinks in proportion too.
 */
export async function measureTracking(system: BenchSystem, rows: number): Promise<Result[]> {
  const share = rows / ROWS;
  const results: Result[] = [];
  for (const hasWebhooks of [false, true]) {
    await system.startBuka(0, Math.round(DELIVERED_WITHIN_MS * share));
    const { batchId, version } = await readBatch(system, rows);
    const bots = await system.startBots(1, {
      ROLE: 'all',
      BUKA_CALLBACK_SECRET: SECRET,
      DELIVERY_POLL_MS: String(Math.max(200, Math.round(FIRST_POLL_MS * share))),
    });
    const reportUrl = `http://127.0.0.1:${bots.port}/buka/reports/${SECRET}`;
    if (hasWebhooks) await system.control('urls', { reportUrl });
    await startBatch(system.app, system.actor, { batchId, version });
    await untilStatus(system, batchId, 'completed');
    const { calls } = await system.control('state');
    await bots.stop();
    const least = Math.ceil(rows / 200);
    const asked = calls.getReport ?? 0;
    results.push({
      measured: `getReport calls for ${rows} delivered within ${Math.round(300 * share)} s, ${hasWebhooks ? 'with' : 'without'} pushes`,
      figure: `${asked}`,
      against: `each asked about once: ${least}`,
      ratio: asked / least,
      target: '–',
    });
  }
  return results;
}
