import { pauseLimit, takeSlot } from '../../db/rate-limit';
import type { MessageStatus } from '../../providers/sms-provider';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import type { Asking } from '../provider/ask-in-turn';
import { accountOf, type BatchRow } from '../store/batches';
import { chooseQuestion, type OpenGroup, type Question, spanOf } from './choose-question';
import type { PollStep } from './poll-by-ids';
import {
  type Cursor,
  listSubmissionTimes,
  listSubmitted,
  nextOpenTexts,
  type OpenText,
} from './poll-progress.sql';
import { recordOutcomes } from './record-outcomes';

/** So many open texts are held against the provider's list at once. */
const MOST_OPEN = 50_000;
/** So many outcomes are recorded in one transaction. */
const SET_SIZE = 1_000;
/** A page is as heavy as many questions. It may wait longer for its turn: the list is read to its end or in vain. */
const PAGE = { everyMs: 1_000, patienceMs: 5_000 };
const BY_IDS_FOR_MS = 3_600_000;

/**
 * Looks for the next open texts in the provider's own list of what it sent, a page at a time. Null where asking by
 * id costs fewer calls. A list that cannot be read to its end (refused, too slow, longer than what we know of it) is
 * not asked for again for an hour, and null as well: asking by id always comes on. A text that the list has not, or
 * not where our clock says, stays open: its absence claims nothing.
 */
export async function pollByRecords(
  app: AppContext,
  batch: BatchRow,
  asking: Asking,
  after: Cursor,
): Promise<PollStep | null> {
  const gate = `list:${batch.tenant_id}:${batch.channel}`;
  if (!(await takeSlot(app.db, gate, 1)).taken) return null;
  const key = { provider: batch.channel, batchId: batch.id };
  const groups = await groupBySubmission(app, await nextOpenTexts(app.db, key, after, MOST_OPEN));
  const question = await choose(app, batch, asking, groups);
  if (question.kind === 'by_ids') return null;
  const texts = groups.slice(0, question.groups).flatMap((group) => group.texts);
  if (!(await readList(app, batch, asking, question, texts))) {
    if (!app.stopping.aborted) await pauseLimit(app.db, gate, BY_IDS_FOR_MS);
    return null;
  }
  const end = texts.at(-1) ?? after;
  return { after: end, laterMs: 0, statuses: [], chunks: { first: end.chunk, last: end.chunk } };
}

interface Group extends OpenGroup {
  texts: OpenText[];
}

/** In the order of asking; the texts of a submission stand together in it, but for where a chunk was split. */
async function groupBySubmission(app: AppContext, texts: OpenText[]): Promise<Group[]> {
  const ids = [...new Set(texts.map((text) => text.submission_id))];
  const times = new Map((await listSubmissionTimes(app.db, ids)).map((one) => [one.id, one]));
  const groups: Group[] = [];
  let submissionId: string | null = null;
  for (const text of texts) {
    const time = times.get(text.submission_id);
    // One without a submission has no time to be looked for at: it is asked about by id.
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
  { provider }: Asking,
  groups: Group[],
): Promise<Question> {
  if (groups.length === 0) return { kind: 'by_ids' };
  const [from, until] = spanOf(groups);
  const submitted = await listSubmitted(app.db, accountOf(batch), new Date(from), new Date(until));
  const sums = submitted.map((one) => ({ at: one.started_at.getTime(), texts: one.size }));
  return chooseQuestion(groups, sums, provider, Date.now());
}

/** Whether it was read to its end, or everybody was found before. */
async function readList(
  app: AppContext,
  batch: BatchRow,
  { provider, account, turn, ask }: Asking,
  { from, until, mostPages }: { from: number; until: number; mostPages: number },
  texts: OpenText[],
): Promise<boolean> {
  const open = new Map(texts.map((text) => [text.provider_message_id, text]));
  const options = { signal: app.stopping };
  const list = provider.pagesByTimeRange(account, new Date(from), new Date(until), options);
  const pages = list[Symbol.asyncIterator]();
  for (let page = 0; page < mostPages; page += 1) {
    if (await turn(PAGE)) return false;
    const reply = await ask(() => pages.next());
    if ('error' in reply) return false;
    if (reply.answer.done) return true;
    await record(app, batch, open, reply.answer.value);
    if (open.size === 0) return true;
  }
  return false;
}

/** Set by set, each for itself: what was recorded stays recorded, wherever this ends. */
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
