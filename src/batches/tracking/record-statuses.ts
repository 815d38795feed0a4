import { transact } from '../../db/transact';
import { groupBy } from '../../group-by';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import type { ListedRecord } from '../provider/list-records';
import { takeBackAttempts } from '../store/delivered-attempts';
import { listChunksOf, moveReplacedToFinal } from './move-to-final.sql';
import { recordOutcomes, toFinal } from './record-outcomes';

/**
 * Records what a provider's own records say of texts whose message ids we know, in any batch: outcomes, corrections and
 * contradictions, of replaced send attempts too.
 */
export async function recordStatuses(
  app: AppContext,
  provider: string,
  records: ListedRecord[],
): Promise<void> {
  const news = records.filter((record) => toFinal(record).length > 0);
  for (const [accountId, own] of groupBy(news, (one) => one.accountId)) {
    const ids = own.map((one) => one.messageId);
    for (const key of await listChunksOf(app.db, provider, accountId, ids)) {
      await transact(app.db, async (trx) => {
        await recordOutcomes(trx, key, own, 'reconcile');
        await advanceBatch(app, trx, key.batchId);
      });
    }
    await transact(app.db, async (trx) => {
      const delivered = await moveReplacedToFinal(trx, accountId, own.flatMap(toFinal), 'reconcile');
      const batchIds = new Set(delivered.map((one) => one.batchId));
      for (const batchId of [...batchIds].sort((a, b) => Number(a) - Number(b))) {
        await takeBackAttempts(trx, batchId);
        await advanceBatch(app, trx, batchId);
      }
    });
  }
}
