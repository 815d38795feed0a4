import type { Knex } from 'knex';

/** Messages that were begun and are not recorded yet: of a batch at most one of each kind, of an answer one. */

export type PostKind = 'report' | 'completion' | 'attention' | 'review';

export type PendingPostKey = { batchId: string; kind: PostKind } | { answer: string };

export interface PendingPost {
  id: string;
  slackChannelId: string;
  slackThreadTs: string | null;
  begunAt: Date;
  /** By the database's clock, which is one for all processes. */
  ageMs: number;
}

/** Where the message goes. */
export type PostDestination = Pick<PendingPost, 'slackChannelId' | 'slackThreadTs'>;

const tableOf = (of: PendingPostKey) => ('answer' in of ? 'sms_answer_posting' : 'sms_batch_posting');
const keyOf = (of: PendingPostKey) =>
  'answer' in of ? { answer: of.answer } : { batch_id: of.batchId, kind: of.kind };

/** The one that was begun and neither recorded nor given up; null: there is none. */
export async function findPendingPost(db: Knex, of: PendingPostKey): Promise<PendingPost | null> {
  const row = await db(tableOf(of))
    .where(keyOf(of))
    .first('id', 'slack_channel_id', 'slack_thread_ts', 'begun_at')
    .select(db.raw('extract(epoch from clock_timestamp() - begun_at)::float8 * 1000 as age_ms'));
  if (!row) return null;
  return {
    id: row.id,
    slackChannelId: row.slack_channel_id,
    slackThreadTs: row.slack_thread_ts,
    begunAt: row.begun_at,
    ageMs: row.age_ms,
  };
}

/** Takes the place of one that was looked for and not found. Answers the id for the message's metadata. */
export async function putPendingPost(
  db: Knex,
  of: PendingPostKey,
  { slackChannelId, slackThreadTs }: PostDestination,
): Promise<string> {
  const key = keyOf(of);
  const [row] = await db(tableOf(of))
    .insert({ ...key, slack_channel_id: slackChannelId, slack_thread_ts: slackThreadTs })
    .onConflict(Object.keys(key))
    .merge({
      id: db.fn.uuid(),
      slack_channel_id: slackChannelId,
      slack_thread_ts: slackThreadTs,
      begun_at: db.fn.now(),
    })
    .returning('id');
  return row.id;
}

/** It stands and is recorded, or it was refused, or it is about something that is over. */
export async function deletePendingPost(trx: Knex, of: PendingPostKey): Promise<void> {
  await trx(tableOf(of)).where(keyOf(of)).delete();
}
