import { pauseLimit, takeSlot } from '../../db/rate-limit';
import type { MessageStatus } from '../../providers/sms-provider';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { asItSent, type ProviderClient, senderKey } from '../provider/provider-client';
import type { SentWith, TrackedKey } from '../store/detail-table';
import { chooseQuery, type OpenGroup, type Query, rangeOf } from './choose-query';
import type { PollStep } from './poll-by-ids';
import {
  type Cursor,
  findSubmissionsOf,
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
  key: TrackedKey,
  client: ProviderClient,
  after: Cursor,
): Promise<PollStep | null> {
  const limitKey = `list:${key.accountId}`;
  if (!(await takeSlot(app.db, limitKey, 1)).taken) return null;
  const groups = await groupBySubmission(app, await nextOpenTexts(app.db, key, after, MOST_OPEN));
  const query = await choose(app, key, client, groups);
  if (query.kind === 'by_ids') return null;
  const texts = groups.slice(0, query.groups).flatMap((group) => group.texts);
  const [first] = groups;
  const account = first ? asItSent(client.account, first.sentWith) : client.account;
  if (!(await readList(app, key, { ...client, account }, query, texts))) {
    if (!app.stopping.aborted) await pauseLimit(app.db, limitKey, BY_IDS_FOR_MS);
    return null;
  }
  const end = texts.at(-1) ?? after;
  return { after: end, snoozeMs: 0, statuses: [], chunks: { first: end.chunk, last: end.chunk } };
}

interface Group extends OpenGroup {
  sentWith: SentWith;
  texts: OpenText[];
}

/**
 * In the order of polling. The texts of a submission form one group, or several where its chunk was split. Only those that
 * were sent with the same as the first: others are in another list.
 */
async function groupBySubmission(app: AppContext, texts: OpenText[]): Promise<Group[]> {
  const submissions = await findSubmissionsOf(app.db, texts);
  const groups: Group[] = [];
  let submissionId: string | null = null;
  for (const text of texts) {
    const sent = submissions.get(text.submission_id);
    // A text without a submission has no time to look for: it is queried by id.
    if (!sent) break;
    if (groups[0] && senderKey(groups[0].sentWith) !== senderKey(sent)) break;
    if (text.submission_id !== submissionId) {
      const [startedAt, finishedAt] = [sent.started_at.getTime(), sent.finished_at.getTime()];
      groups.push({ open: 0, startedAt, finishedAt, sentWith: sent, texts: [] });
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
  { accountId }: TrackedKey,
  { provider }: ProviderClient,
  groups: Group[],
): Promise<Query> {
  if (groups.length === 0) return { kind: 'by_ids' };
  const [from, until] = rangeOf(groups);
  const submitted = await listSubmitted(app.db, accountId, new Date(from), new Date(until));
  const sums = submitted.map((one) => ({ at: one.started_at.getTime(), texts: one.size }));
  return chooseQuery(groups, sums, provider.capabilities, Date.now());
}

/** Returns whether the list was read to its end, or until every text was found. */
async function readList(
  app: AppContext,
  key: TrackedKey,
  { provider, account, ask }: ProviderClient,
  { from, until, mostPages }: { from: number; until: number; mostPages: number },
  texts: OpenText[],
): Promise<boolean> {
  const open = new Map(texts.map((text) => [text.provider_message_id, text]));
  const options = { signal: app.stopping };
  const list = provider.queryMessageStatusByTimeRange(account, new Date(from), new Date(until), options);
  const pages = list[Symbol.asyncIterator]();
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await ask(PAGE_TURN, () => pages.next());
      if (answer.kind === 'not_answered') return false;
      if (answer.result.done) return true;
      await record(app, key, open, answer.result.value);
      if (open.size === 0) return true;
    }
    return false;
  } finally {
    await pages.return?.();
  }
}

/** Each set commits by itself: what is recorded stays recorded, even if a later page fails. */
async function record(
  app: AppContext,
  key: TrackedKey,
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
      await recordOutcomes(trx, { ...key, ...chunks }, statuses, 'poll');
      await advanceBatch(app, trx, key.batchId);
    });
  }
}
