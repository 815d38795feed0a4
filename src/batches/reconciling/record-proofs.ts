import { groupBy } from '../../group-by';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { enqueuePoll } from '../enqueue-jobs';
import type { TrackedKey } from '../store/detail-table';
import { addToCounts } from '../store/move-batch';
import { moveToSending } from '../store/move-recipients';
import { settleReconciled } from '../store/submissions';
import { recordOutcomes } from '../tracking/record-outcomes';
import type { Proof } from './match-records';
import type { UncertainRecipient } from './uncertain-recipients.sql';

/**
 * Records what the provider's own records prove of uncertain recipients. Returns how many of them have the text or are on their
 * way: a record may also say that the text has failed.
 */
export async function recordProofs(
  app: AppContext,
  key: TrackedKey,
  proofs: Proof<UncertainRecipient>[],
): Promise<number> {
  const { batchId } = key;
  if (proofs.length === 0) return 0;
  return app.db.transaction(async (trx) => {
    let proved = 0;
    for (const [submissionId, group] of groupBy(proofs, (one) => one.recipient.submission_id)) {
      const [first] = group;
      if (!first) continue;
      const { chunk } = first.recipient;
      const accepted = group.map(({ recipient, record }) => ({
        orderId: recipient.order_id,
        messageId: record.messageId,
      }));
      const { sending } = await moveToSending(trx, { ...key, chunk }, 'unknown', submissionId, accepted);
      await addToCounts(trx, batchId, { sending, unknown: -sending });
      const records = group.map((proof) => proof.record);
      proved += records.filter(({ status }) => status !== 'failed').length;
      await recordOutcomes(trx, { ...key, first: chunk, last: chunk }, records, 'reconcile');
      await settleReconciled(trx, key, submissionId);
    }
    await advanceBatch(app, trx, batchId);
    await enqueuePoll(trx, batchId, key.accountId, app.settings.deliveryPollMs);
    return proved;
  });
}
