import type { MessageStatus } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import type { Asking } from '../provider/ask-in-turn';
import type { BatchRow } from '../store/batches';
import { type Cursor, nextOpenTexts, type OpenText } from './poll-progress.sql';

/** So many calls are made, and what they tell is recorded together. */
const CALLS_A_STEP = 5;

/** What one step of tracking has found out. */
export interface PollStep {
  /** Where the round goes on. */
  after: Cursor;
  /** How long the account is to wait before. */
  laterMs: number;
  /** What is to be recorded, and in which chunks. */
  statuses: MessageStatus[];
  chunks: { first: number; last: number };
}

/** Asks about the next open texts by their ids. Null: nobody is open after the cursor. */
export async function pollByIds(
  app: AppContext,
  batch: BatchRow,
  asking: Asking,
  after: Cursor,
): Promise<PollStep | null> {
  const { maxIdsPerQuery } = asking.provider;
  const key = { provider: batch.channel, batchId: batch.id };
  const open = await nextOpenTexts(app.db, key, after, CALLS_A_STEP * maxIdsPerQuery);
  const [first] = open;
  if (!first) return null;
  const calls = Array.from({ length: Math.ceil(open.length / maxIdsPerQuery) }, (_, index) =>
    open.slice(index * maxIdsPerQuery, (index + 1) * maxIdsPerQuery),
  );
  const step: PollStep = {
    after,
    laterMs: 0,
    statuses: [],
    chunks: { first: first.chunk, last: first.chunk },
  };
  for (const { texts, statuses, laterMs } of await askAll(app, asking, calls)) {
    step.laterMs = laterMs;
    // What was answered after a gap is asked about again with the gap.
    if (!statuses) break;
    step.statuses.push(...statuses);
    step.after = texts.at(-1) ?? step.after;
    step.chunks.last = step.after.chunk;
  }
  return step;
}

interface Answered {
  texts: OpenText[];
  statuses: MessageStatus[] | null;
  laterMs: number;
}

/** One call after the other takes its turn; none waits for the answer to the one before. */
async function askAll(app: AppContext, asking: Asking, [texts, ...rest]: OpenText[][]): Promise<Answered[]> {
  if (!texts) return [];
  const far = await asking.turn();
  if (far) return [{ texts, statuses: null, ...far }];
  const [mine, others] = await Promise.all([ask(app, asking, texts), askAll(app, asking, rest)]);
  return [mine, ...others];
}

async function ask(
  app: AppContext,
  { provider, account, ask }: Asking,
  texts: OpenText[],
): Promise<Answered> {
  const ids = texts.map((one) => one.provider_message_id);
  const reply = await ask(() => provider.queryMessageStatusByIds(account, ids, { signal: app.stopping }));
  if ('error' in reply) return { texts, statuses: null, laterMs: reply.laterMs };
  return { texts, statuses: reply.answer.results, laterMs: 0 };
}
