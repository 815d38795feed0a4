import { getBatchMessageStatus } from '../src/batches/views/get-batch-message-status';
import { readBatch } from './lists';
import { inSeconds, type Result } from './result';
import type { Stand } from './stand';
import { submit } from './submit';

/** A person's Refresh over every open message, against bare calls at the same concurrency. */
export async function measureRefresh(stand: Stand, rows: number): Promise<Result> {
  await stand.startBuka(0);
  const batch = await readBatch(stand, rows);
  const bots = await stand.startBots(1);
  await submit(stand, batch);
  await bots.stop();
  const ids = await stand.database
    .knex('sms_batch_buka_detail')
    .where({ batch_id: batch.batchId })
    .pluck('provider_message_id');
  const sender = await stand.app.accounts.find({ ...stand, provider: 'onbuka' });
  const bareStarted = performance.now();
  if (sender) await stand.app.providers.onbuka?.queryMessageStatusByIds(sender.account, ids);
  const bare = (performance.now() - bareStarted) / 1000;
  const started = performance.now();
  await getBatchMessageStatus(stand.app, { tenantId: stand.tenantId, batchId: batch.batchId });
  const took = (performance.now() - started) / 1000;
  return {
    measured: `live refresh of ${rows} messages`,
    figure: inSeconds(took),
    against: `bare getReport calls ${inSeconds(bare)}`,
    ratio: took / bare,
    target: '≤ 1.3',
  };
}
