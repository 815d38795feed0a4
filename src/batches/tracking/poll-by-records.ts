import { pauseLimit, takeSlot } from '../../db/rate-limit';
import type { MessageStatus } from '../../providers/sms-provider';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import type { ProviderClient } from '../provider/provider-client';
import { accountOf, type BatchRow } from '../store/batches';
import { chooseQuery, type OpenGroup, type Query, rangeOf } from './choose-query';
import type { PollStep } from './poll-by-ids';
import {
  type Cursor,
  listSubmissionTimes,
  listSubmitted,
  nextOpenTexts,
  type OpenText,
} from './poll-progress.sql';
import { recordOutcomes } from './record-outcomes';

/** How many open texts are looked for in the provider's list at once. */
const MOST_OPEN = 50_000;
/** How many outcomes are recorded in one transaction. */
const SET_SIZE = 1_000;
/**
 * A page costs the provider as much as many queries by id. It may wait longer for its turn, since a list that
 * is not read to its end was read for nothing.
 */
const PAGE_TURN = { everyMs: 1_000, patienceMs: 5_000 };
const BY_IDS_FOR_MS = 3_600_000;

/**
 * Looks for the next open texts in the provider's own list of what it sent, page by page. Null where queries
 * by id cost fewer calls, and where the list cannot be read to its end (refused, too slow, longer than we
 * expected): it is then not requested for an hour, since queries by id always make progress. A text that is
 * missing in the list, or is listed at another time than ours, stays open: its absence proves nothing.
 */
export async function pollByRecords(
  app: AppContext,
  batch: BatchRow,
  client: ProviderClient,
  after: Cursor,
): Promise<PollStep | null> {
  const limitKey = `list:${batch.tenant_id}:${batch.channel}`;
  if (!(await takeSlot(app.db, limitKey, 1)).taken) return null;
  const key = { provider: batch.channel, batchId: batch.id };
  const groups = await groupBySubmission(app, await nextOpenTexts(app.db, key, after, MOST_OPEN));
  const query = await choose(app, batch, client, groups);
  if (query.kind === 'by_ids') return null;
  const texts = groups.slice(0, query.groups).flatMap((group) => group.texts);
  if (!(await readList(app, batch, client, query, texts))) {
    if (!app.stopping.aborted) await pauseLimit(app.db, limitKey, BY_IDS_FOR_MS);
    return null;
  }
  const end = texts.at(-1) ?? after;
  return { after: end, snoozeMs: 0, statuses: [], chunks: { first: end.chunk, last: end.chunk } };
}

interface Group extends OpenGroup {
  texts: OpenText[];
}

/**
 * In the order of polling. The texts of a submission form one group, or several where its chunk was split.
 */
async function groupBySubmission(app: AppContext, texts: OpenText[]): Promise<Group[]> {
  const ids = [...new Set(texts.map((text) => text.submission_id))];
  const times = new Map((await listSubmissionTimes(app.db, ids)).map((one) => [one.id, one]));
  const groups: Group[] = [];
  let submissionId: string | null = null;
  for (const text of texts) {
    const time = times.get(text.submission_id);
    // A text without a submission has no time to look for: it is queried by id.
    if (!time) break;
    if (text.submission_id !== submissionId) {
      const [startedAt, finishedAt] = [time.started_at.getTime(), time.finished_at.getTime()];
      groups.push({ open: 0, startedAt, finishedAt, texts: [] });
      submissionId = text.submission_id;
    }
    const group = groups.at(-1);
    group?.texts.push(text);
    if (group) group.open = group.texts.length;
  }
  return groups;
}

async function choose(
  app: AppContext,
  batch: BatchRow,
  { provider }: ProviderClient,
  groups: Group[],
): Promise<Query> {
  if (groups.length === 0) return { kind: 'by_ids' };
  const [from, until] = rangeOf(groups);
  const submitted = await listSubmitted(app.db, accountOf(batch), new Date(from), new Date(until));
  const sums = submitted.map((one) => ({ at: one.started_at.getTime(), texts: one.size }));
  return chooseQuery(groups, sums, provider, Date.now());
}

/** Returns whether the list was read to its end, or until every text was found. */
async function readList(
  app: AppContext,
  batch: BatchRow,
  { provider, account, waitForTurn, call }: ProviderClient,
  { from, until, mostPages }: { from: number; until: number; mostPages: number },
  texts: OpenText[],
): Promise<boolean> {
  const open = new Map(texts.map((text) => [text.provider_message_id, text]));
  const options = { signal: app.stopping };
  const list = provider.pagesByTimeRange(account, new Date(from), new Date(until), options);
  const pages = list[Symbol.asyncIterator]();
  for (let page = 0; page < mostPages; page += 1) {
    if (await waitForTurn(PAGE_TURN)) return false;
    const reply = await call(() => pages.next());
    if ('error' in reply) return false;
    if (reply.result.done) return true;
    await record(app, batch, open, reply.result.value);
    if (open.size === 0) return true;
  }
  return false;
}

/** Each set commits by itself: what is recorded stays recorded, even if a later page fails. */
async function record(
  app: AppContext,
  batch: BatchRow,
  open: Map<string, OpenText>,
  page: MessageStatus[],
): Promise<void> {
  const found = page.flatMap((status) => {
    const text = open.get(status.messageId);
    open.delete(status.messageId);
    return text ? [{ status, chunk: text.chunk }] : [];
  });
  found.sort((a, b) => a.chunk - b.chunk);
  for (let start = 0; start < found.length; start += SET_SIZE) {
    const set = found.slice(start, start + SET_SIZE);
    const chunks = { first: set[0]?.chunk ?? 0, last: set.at(-1)?.chunk ?? 0 };
    const statuses = set.map((one) => one.status);
    await app.db.transaction(async (trx) => {
      await recordOutcomes(trx, batch, chunks, statuses, 'poll');
      await advanceBatch(app, trx, batch.id);
    });
  }
}
