import type { Knex } from 'knex';
import { inSnapshot } from '../../db/in-snapshot';
import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import { requireSight } from '../authority/sight';
import { writeAuditSparingly } from '../store/audit';
import type { OrderedBatchKey } from '../store/detail-table';
import { findForAct } from '../store/find-for-act';
import { countReasons } from '../store/recipients';
import { countRejected, listRejected } from '../store/rejected-rows';
import type { BatchDetails, DetailFilter, RecipientDetail } from './batch-details';
import { findSummary, toSummary } from './batch-summaries.sql';
import { inSearchTurn } from './in-search-turn';
import { digitsOf, readSearch } from './read-search';
import { countMatches, listMatches, listSendAttempts, type RecipientSearch } from './search-recipients.sql';

const MOST_REASONS = 50;

interface DetailsQuery {
  batchId: string;
  filter: DetailFilter;
  /** The last digits, or a whole number in any spelling; empty: everybody. See `readSearch`. */
  search: string;
  /** From 1; a page beyond the last shows the last. */
  page: number;
  pageSize: number;
}

/**
 * One page in the order of the list. Null where the workspace has no such batch. A search throws TooManyAtOnce where the same
 * person searches too often at once. The audit log records that somebody searched among the recipients, but not for which
 * number.
 */
export async function getBatchDetails(
  app: AppContext,
  actor: Actor,
  key: DetailsQuery,
): Promise<BatchDetails | null> {
  const db = readsOf(app, actor);
  const { batchId } = key;
  const owned = await findForAct(db, actor, 'details', batchId);
  if (!owned) return null;
  // Before the snapshot: no connection and no place is held while a door is asked.
  await requireSight(app, owned, actor, 'details');
  const read = () => inSnapshot(db, (trx) => readDetails(trx, actor, key));
  if (key.search.trim() === '') return read();
  const details = await inSearchTurn(app, actor, read);
  await writeAuditSparingly(app.db, actor, { batchId, action: 'recipient.search', detail: {} });
  return details;
}

async function readDetails(db: Knex, actor: Actor, key: DetailsQuery): Promise<BatchDetails | null> {
  const batch = await findSummary(db, { tenantId: actor.tenantId, batchId: key.batchId });
  if (!batch) return null;
  const summary = toSummary(batch);
  const batchKey = { batchId: summary.id, orderPrefix: batch.order_prefix };
  const { filter, search } = key;
  const showsRejected = filter === 'left_out';
  const match: RecipientSearch = {
    ...(filter === 'all' || showsRejected ? {} : { status: filter }),
    ...(await chooseSearch(db, batchKey, readSearch(search, batch.default_country))),
  };
  const cellDigits = showsRejected ? digitsOf(search) : '';
  const reasons = await countReasons(db, summary.id, MOST_REASONS);
  const total = await countShown(db, batchKey, { summary, filter, search, match, cellDigits });
  const pages = Math.max(1, Math.ceil(total / key.pageSize));
  const page = Math.min(Math.max(1, key.page), pages);
  const range = { offset: (page - 1) * key.pageSize, limit: key.pageSize };
  const recipients = showsRejected ? [] : await listMatches(db, batchKey, match, range);
  return {
    summary,
    reasons,
    filter,
    search,
    recipients,
    rejectedRows: showsRejected ? await listRejected(db, batchKey.batchId, cellDigits, range) : [],
    history: total === 1 && search.trim() !== '' ? await getHistory(db, batchKey, recipients) : null,
    page,
    pages,
  };
}

/** The whole number, which the index finds at once; the last digits where no recipient has that number. */
async function chooseSearch(
  db: Knex,
  key: OrderedBatchKey,
  search: RecipientSearch | null,
): Promise<RecipientSearch> {
  const { number, lastDigits } = search ?? {};
  if (!number || !lastDigits) return search ?? {};
  return (await countMatches(db, key, { number })) > 0 ? { number } : { lastDigits };
}

/** Without a search the batch's own counts are used: nobody waits while a million rows are counted. */
async function countShown(
  db: Knex,
  key: OrderedBatchKey,
  {
    summary,
    filter,
    search,
    match,
    cellDigits,
  }: Pick<BatchDetails, 'summary' | 'filter' | 'search'> & { match: RecipientSearch; cellDigits: string },
): Promise<number> {
  if (filter === 'left_out') return countRejected(db, key.batchId, cellDigits);
  if (search.trim() !== '') return countMatches(db, key, match);
  const { total, waiting, ...counts } = summary.counts;
  if (filter === 'all') return total;
  return filter === 'pending' ? waiting : counts[filter];
}

async function getHistory(db: Knex, key: OrderedBatchKey, [only]: RecipientDetail[]) {
  return only ? listSendAttempts(db, key.batchId, only.recipientNumber) : null;
}
