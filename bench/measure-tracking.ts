import { startBatch } from '../src/batches/control/start-batch';
import { readBatch } from './lists';
import type { Result } from './result';
import type { Stand } from './stand';
import { untilStatus } from './until-status';

const SECRET = 'bench-callback-secret';
/** 100,000 texts arrive within five minutes, asked about from the tenth second on; fewer in less, by the same measure. */
const ROWS = 100_000;
const DELIVERED_WITHIN_MS = 300_000;
const FIRST_POLL_MS = 10_000;

/**
 * How many calls it takes to track a batch to completion, without pushes and with them. In real time: fewer rows
 * arrive in as much less time, so that the calls are as many fewer.
 */
export async function measureTracking(stand: Stand, rows: number): Promise<Result[]> {
  const share = rows / ROWS;
  const results: Result[] = [];
  for (const pushed of [false, true]) {
    await stand.startBuka(0, Math.round(DELIVERED_WITHIN_MS * share));
    const { batchId, version } = await readBatch(stand, rows);
    const bots = await stand.startBots(1, {
      ROLE: 'all',
      BUKA_CALLBACK_SECRET: SECRET,
      DELIVERY_POLL_MS: String(Math.max(200, Math.round(FIRST_POLL_MS * share))),
    });
    const reportUrl = `http://127.0.0.1:${bots.port}/buka/reports/${SECRET}`;
    if (pushed) await stand.control('urls', { reportUrl });
    await startBatch(stand.app, { ...stand, batchId, version });
    await untilStatus(stand, batchId, 'completed');
    const { calls } = await stand.control('state');
    await bots.stop();
    const least = Math.ceil(rows / 200);
    const asked = calls.getReport ?? 0;
    results.push({
      measured: `getReport calls for ${rows} delivered within ${Math.round(300 * share)} s, ${pushed ? 'with' : 'without'} pushes`,
      figure: `${asked}`,
      against: `each asked about once: ${least}`,
      ratio: asked / least,
      target: '–',
    });
  }
  return results;
}
