import type { AppContext } from '../app-context';
import { findBatch } from '../store/batches';
import type { BatchKey } from '../store/detail-table';
import { countReasons } from '../store/recipients';
import { countRejected, listRejected } from '../store/rejected-rows';
import type { BatchDetails, DetailFilter, RecipientDetail } from './batch-details';
import { getBatchSummary } from './get-batch-summary';
import { digitsOf, readSearch } from './read-search';
import { countMatches, listMatches, listSendAttempts, type RecipientSearch } from './search-recipients.sql';

const MOST_REASONS = 50;

interface DetailsKey {
  tenantId: string;
  batchId: string;
  filter: DetailFilter;
  /** The last digits, or a whole number in any spelling; empty: everybody. See `readSearch`. */
  search: string;
  /** From 1; a page beyond the last shows the last. */
  page: number;
  pageSize: number;
}

/** One page in the order of the list. Null where the workspace has no such batch. */
export async function getBatchDetails(app: AppContext, key: DetailsKey): Promise<BatchDetails | null> {
  const [summary, batch] = await Promise.all([
    getBatchSummary(app, key),
    findBatch(app.db, key.batchId, key.tenantId),
  ]);
  if (!summary || !batch) return null;
  const batchKey = { provider: summary.provider, batchId: summary.id, orderPrefix: batch.order_prefix };
  const { filter, search } = key;
  const showsRejected = filter === 'left_out';
  const match: RecipientSearch = {
    ...(filter === 'all' || showsRejected ? {} : { status: filter }),
    ...(await chooseSearch(app, batchKey, readSearch(search, batch.default_country))),
  };
  const cellDigits = showsRejected ? digitsOf(search) : '';
  const [reasons, total] = await Promise.all([
    countReasons(app.db, batchKey, MOST_REASONS),
    countShown(app, batchKey, { summary, filter, search, match, cellDigits }),
  ]);
  const pages = Math.max(1, Math.ceil(total / key.pageSize));
  const page = Math.min(Math.max(1, key.page), pages);
  const range = { offset: (page - 1) * key.pageSize, limit: key.pageSize };
  const recipients = showsRejected ? [] : await listMatches(app.db, batchKey, match, range);
  return {
    summary,
    reasons,
    filter,
    search,
    recipients,
    rejectedRows: showsRejected ? await listRejected(app.db, batchKey.batchId, cellDigits, range) : [],
    history: total === 1 && search.trim() !== '' ? await getHistory(app, batchKey, recipients) : null,
    page,
    pages,
  };
}

/** The whole number, which the index finds at once; the last digits where no recipient has that number. */
async function chooseSearch(
  app: AppContext,
  key: BatchKey,
  search: RecipientSearch | null,
): Promise<RecipientSearch> {
  const { number, lastDigits } = search ?? {};
  if (!number || !lastDigits) return search ?? {};
  return (await countMatches(app.db, key, { number })) > 0 ? { number } : { lastDigits };
}

/** Without a search the batch's own counts are used: nobody waits while a million rows are counted. */
async function countShown(
  app: AppContext,
  key: BatchKey,
  {
    summary,
    filter,
    search,
    match,
    cellDigits,
  }: Pick<BatchDetails, 'summary' | 'filter' | 'search'> & { match: RecipientSearch; cellDigits: string },
): Promise<number> {
  if (filter === 'left_out') return countRejected(app.db, key.batchId, cellDigits);
  if (search.trim() !== '') return countMatches(app.db, key, match);
  const { total, waiting, ...counts } = summary.counts;
  if (filter === 'all') return total;
  return filter === 'pending' ? waiting : counts[filter];
}

async function getHistory(app: AppContext, key: BatchKey, [only]: RecipientDetail[]) {
  return only ? listSendAttempts(app.db, key, only.recipientNumber) : null;
}
