import type { AppContext } from '../app-context';
import type { BatchSummary } from '../batch';
import { findBatch } from '../store/batches';
import type { RecipientDetail } from './batch-details';
import { listMatches } from './search-recipients.sql';

const EXAMPLES = 10;

/** The first uncertain recipients (nobody knows whether they were sent the text), in the order of the list. */
export async function listUncertainExamples(
  app: AppContext,
  { id: batchId, provider }: Pick<BatchSummary, 'id' | 'provider'>,
): Promise<RecipientDetail[]> {
  const batch = await findBatch(app.db, batchId);
  if (!batch) return [];
  const key = { provider, batchId, orderPrefix: batch.order_prefix };
  return listMatches(app.db, key, { status: 'unknown' }, { offset: 0, limit: EXAMPLES });
}
