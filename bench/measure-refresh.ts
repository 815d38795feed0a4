import { getBatchMessageStatus } from '../src/batches/views/get-batch-message-status';
import { bareQuestions } from './baseline';
import type { BenchSystem } from './bench-system';
import { readBatch } from './lists';
import { inSeconds, type Result } from './result';
import { submit } from './submit-batch';

/** As many questions at once as the product asks. */
const CONCURRENCY = 4;

/** A person's Refresh of every open recipient, against bare calls at the same concurrency. */
export async function measureRefresh(system: BenchSystem, rows: number): Promise<Result> {
  await system.startBuka(0);
  const batch = await readBatch(system, rows);
  const bots = await system.startBots(1);
  await submit(system, batch);
  await bots.stop();
  const ids = await system.database
    .knex('sms_batch_buka_detail')
    .where({ batch_id: batch.batchId })
    .pluck('provider_message_id');
  const bare = await bareQuestions(system, ids, CONCURRENCY);
  const started = performance.now();
  await getBatchMessageStatus(system.app, system.actor, batch.batchId);
  const took = (performance.now() - started) / 1000;
  return {
    measured: `live refresh of ${rows} messages`,
    figure: inSeconds(took),
    against: `bare getReport calls ${inSeconds(bare)}`,
    ratio: took / bare,
    target: '≤ 1.3',
  };
}
