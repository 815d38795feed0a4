import { readNumber } from '../../recipients/read-number';
import type { CountryCode } from '../../recipients/recipient';
import type { AppContext } from '../app-context';
import type { BatchDetails, DetailFilter } from '../batch';
import { findBatch } from '../store/batches';
import type { BatchKey } from '../store/detail-table';
import { countReasons } from '../store/recipients';
import { countRejected, listRejected } from '../store/rejected-rows';
import { getBatchSummary } from './get-batch-summary';
import { countMatches, listAttempts, listMatches, type Match } from './search-recipients.sql';

const MOST_REASONS = 50;

export interface DetailsKey {
  tenantId: string;
  batchId: string;
  filter: DetailFilter;
  /** The last digits, or a whole number in any spelling; empty: everybody. See `readSearch`. */
  search: string;
  /** From 1; a page beyond the last is the last. */
  page: number;
  pageSize: number;
}

/** Failure reasons with counts, and the recipients a page at a time in the order of the list. */
export async function getBatchDetails(app: AppContext, key: DetailsKey): Promise<BatchDetails | null> {
  const [summary, batch] = await Promise.all([
    getBatchSummary(app, key),
    findBatch(app.db, key.batchId, key.tenantId),
  ]);
  if (!summary || !batch) return null;
  const batchKey = { provider: summary.provider, batchId: summary.id, orderPrefix: batch.order_prefix };
  const { filter, search } = key;
  const isLeftOut = filter === 'left_out';
  const match: Match = {
    ...(filter === 'all' || isLeftOut ? {} : { status: filter }),
    ...(await chooseSearch(app, batchKey, readSearch(search, batch.default_country))),
  };
  const inCell = isLeftOut ? digitsOf(search) : '';
  const [reasons, total] = await Promise.all([
    countReasons(app.db, batchKey, MOST_REASONS),
    countShown(app, batchKey, { summary, filter, search, match, inCell }),
  ]);
  const pages = Math.max(1, Math.ceil(total / key.pageSize));
  const page = Math.min(Math.max(1, key.page), pages);
  const range = { offset: (page - 1) * key.pageSize, limit: key.pageSize };
  const recipients = isLeftOut ? [] : await listMatches(app.db, batchKey, match, range);
  return {
    summary,
    reasons,
    filter,
    search,
    recipients,
    leftOut: isLeftOut ? await listRejected(app.db, batchKey.batchId, inCell, range) : [],
    history: total === 1 && search.trim() !== '' ? await historyOf(app, batchKey, recipients) : null,
    page,
    pages,
  };
}

/** Of a whole state the batch knows the count: nobody counts a million rows while a person waits. */
async function countShown(
  app: AppContext,
  key: BatchKey,
  {
    summary,
    filter,
    search,
    match,
    inCell,
  }: Pick<BatchDetails, 'summary' | 'filter' | 'search'> & { match: Match; inCell: string },
): Promise<number> {
  if (filter === 'left_out') return countRejected(app.db, key.batchId, inCell);
  if (search.trim() !== '') return countMatches(app.db, key, match);
  const { total, waiting, ...counts } = summary.counts;
  if (filter === 'all') return total;
  return filter === 'pending' ? waiting : counts[filter];
}

const FEWEST_DIGITS = 3;

/**
 * What a search looks for; null where it has fewer than three digits, and matches half the list. What is a whole
 * number of the list's country may be the last digits of another country's as well.
 */
export function readSearch(search: string, defaultCountry: string | null): Match | null {
  if (search.trim() === '') return {};
  const digits = digitsOf(search);
  const isInternational = /^\s*(\+|00)/.test(search.normalize('NFKC'));
  const reading = readNumber(search, (defaultCountry ?? undefined) as CountryCode | undefined);
  if (reading.kind === 'accepted') {
    return { number: reading.number, ...(isInternational ? {} : { lastDigits: digits }) };
  }
  return digits.length < FEWEST_DIGITS ? null : { lastDigits: digits };
}

const digitsOf = (search: string) => search.normalize('NFKC').replace(/\D/g, '');

/** The whole number, which the index finds at once; the last digits where nobody has it. */
async function chooseSearch(app: AppContext, key: BatchKey, search: Match | null): Promise<Match> {
  const { number, lastDigits } = search ?? {};
  if (!number || !lastDigits) return search ?? {};
  return (await countMatches(app.db, key, { number })) > 0 ? { number } : { lastDigits };
}

async function historyOf(app: AppContext, key: BatchKey, [only]: BatchDetails['recipients']) {
  return only ? listAttempts(app.db, key, only.recipientNumber) : null;
}
