import type { MessageStatus } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import type { ProviderClient } from '../provider/provider-client';
import type { BatchRow } from '../store/batches';
import { type Cursor, nextOpenTexts, type OpenText } from './poll-progress.sql';

/** The results of this many calls are recorded together. */
const CALLS_A_STEP = 5;

/** The result of one step of tracking. */
export interface PollStep {
  /** Where the next step of the round continues. */
  after: Cursor;
  /** How long to wait before that. */
  snoozeMs: number;
  /** What is still to be recorded, and in which chunks. */
  statuses: MessageStatus[];
  chunks: { first: number; last: number };
}

/** Queries the next open texts by their ids. Null: no text after the cursor is open. */
export async function pollByIds(
  app: AppContext,
  batch: BatchRow,
  client: ProviderClient,
  after: Cursor,
): Promise<PollStep | null> {
  const { maxIdsPerQuery } = client.provider;
  const key = { provider: batch.channel, batchId: batch.id };
  const open = await nextOpenTexts(app.db, key, after, CALLS_A_STEP * maxIdsPerQuery);
  const [first] = open;
  if (!first) return null;
  const calls = Array.from({ length: Math.ceil(open.length / maxIdsPerQuery) }, (_, index) =>
    open.slice(index * maxIdsPerQuery, (index + 1) * maxIdsPerQuery),
  );
  const step: PollStep = {
    after,
    snoozeMs: 0,
    statuses: [],
    chunks: { first: first.chunk, last: first.chunk },
  };
  for (const { texts, statuses, snoozeMs } of await queryAll(app, client, calls)) {
    step.snoozeMs = snoozeMs;
    // The cursor stops at the first call that failed; the next step repeats the calls after it.
    if (!statuses) break;
    step.statuses.push(...statuses);
    step.after = texts.at(-1) ?? step.after;
    step.chunks.last = step.after.chunk;
  }
  return step;
}

interface QueryResult {
  texts: OpenText[];
  statuses: MessageStatus[] | null;
  snoozeMs: number;
}

/** The calls take their turns one after the other, but none waits for the response to the one before. */
async function queryAll(
  app: AppContext,
  client: ProviderClient,
  [texts, ...rest]: OpenText[][],
): Promise<QueryResult[]> {
  if (!texts) return [];
  const later = await client.waitForTurn();
  if (later) return [{ texts, statuses: null, ...later }];
  const [first, others] = await Promise.all([query(app, client, texts), queryAll(app, client, rest)]);
  return [first, ...others];
}

async function query(
  app: AppContext,
  { provider, account, call }: ProviderClient,
  texts: OpenText[],
): Promise<QueryResult> {
  const ids = texts.map((one) => one.provider_message_id);
  const reply = await call(() => provider.queryMessageStatusByIds(account, ids, { signal: app.stopping }));
  if ('error' in reply) return { texts, statuses: null, snoozeMs: reply.snoozeMs };
  return { texts, statuses: reply.result.results, snoozeMs: 0 };
}
