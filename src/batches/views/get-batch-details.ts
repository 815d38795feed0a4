import type { Knex } from 'knex';
import { inSnapshot } from '../../db/in-snapshot';
import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import { requireSight } from '../authority/sight';
import { writeAuditSparingly } from '../store/audit';
import { countImplausibleCosts } from '../store/costs';
import type { OrderedBatchKey } from '../store/detail-table';
import { findForAct } from '../store/find-for-act';
import { countReasons } from '../store/recipients';
import { type CellSearch, countRejected, listRejected } from '../store/rejected-rows';
import type { BatchDetails, DetailFilter, RecipientDetail } from './batch-details';
import { findSummary, toSummary } from './batch-summaries.sql';
import { inSearchTurn } from './in-search-turn';
import { digitsOf, readSearch } from './read-search';
import { countMatches, listMatches, listSendAttempts, type RecipientSearch } from './search-recipients.sql';

const MOST_REASONS = 50;
/**
 * Last digits are in no index, and one more index would make each import slower. So many recipients are looked at within a
 * tenth of a second. A whole number is found among all, by its index.
 */
const MOST_SEARCHED_RECIPIENTS = 100_000;
/** The same of rows left out, whose cells must be cleaned first. */
const MOST_SEARCHED_ROWS = 50_000;

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
  const digits = digitsOf(search);
  const cells = digits === '' ? null : { digits, among: MOST_SEARCHED_ROWS };
  const reasons = await countReasons(db, summary.id, MOST_REASONS);
  const total = await countShown(db, batchKey, { summary, filter, search, match, cells });
  const pages = Math.max(1, Math.ceil(total / key.pageSize));
  const page = Math.min(Math.max(1, key.page), pages);
  const range = { offset: (page - 1) * key.pageSize, limit: key.pageSize };
  const recipients = showsRejected ? [] : await listMatches(db, batchKey, match, range);
  return {
    summary,
    reasons,
    implausibleCosts: await countImplausibleCosts(db, summary.id),
    filter,
    search,
    recipients,
    rejectedRows: showsRejected ? await listRejected(db, batchKey.batchId, cells, range) : [],
    history: total === 1 && search.trim() !== '' ? await getHistory(db, batchKey, recipients) : null,
    searchedFirst: showsRejected
      ? among(cells?.among, batch.rejected_count ?? 0)
      : among(match.among, summary.counts.total),
    page,
    pages,
  };
}

/** How many of so many rows were looked at. Null: all. */
const among = (most: number | undefined, rows: number) => (most !== undefined && most < rows ? most : null);

/** The whole number, which the index finds at once; the last digits where no recipient has that number. */
async function chooseSearch(
  db: Knex,
  key: OrderedBatchKey,
  search: RecipientSearch | null,
): Promise<RecipientSearch> {
  const { number, lastDigits } = search ?? {};
  if (number && (!lastDigits || (await countMatches(db, key, { number })) > 0)) return { number };
  return lastDigits ? { lastDigits, among: MOST_SEARCHED_RECIPIENTS } : {};
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
    cells,
  }: Pick<BatchDetails, 'summary' | 'filter' | 'search'> & {
    match: RecipientSearch;
    cells: CellSearch | null;
  },
): Promise<number> {
  if (filter === 'left_out') return countRejected(db, key.batchId, cells);
  if (search.trim() !== '') return countMatches(db, key, match);
  const { total, waiting, ...counts } = summary.counts;
  if (filter === 'all') return total;
  return filter === 'pending' ? waiting : counts[filter];
}

async function getHistory(db: Knex, key: OrderedBatchKey, [only]: RecipientDetail[]) {
  return only ? listSendAttempts(db, key.batchId, only.recipientNumber) : null;
}
