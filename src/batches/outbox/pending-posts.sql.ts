import type { Knex } from 'knex';

/**
 * Posts that were begun and are not recorded yet: for a batch at most one of each kind, for a deferred reply one.
 * The kinds are stored values: `report` is the status message, `attention` an alert.
 */
type PostKind = 'report' | 'completion' | 'attention' | 'review';

export type PendingPostKey = { batchId: string; kind: PostKind } | { replyKey: string };

export interface PendingPost {
  id: string;
  slackChannelId: string;
  slackThreadTs: string | null;
  begunAt: Date;
  /** By the database's clock, which is the same for all processes. */
  ageMs: number;
}

/** Where the post goes. */
export type PostDestination = Pick<PendingPost, 'slackChannelId' | 'slackThreadTs'>;

/** The post that was begun and neither recorded nor dropped. Null where there is none. */
export async function findPendingPost(db: Knex, key: PendingPostKey): Promise<PendingPost | null> {
  const row = await db(tableOf(key))
    .where(columnsOf(key))
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

/** Replaces a pending post that was not found in Slack. Returns the id for the metadata of the post. */
export async function putPendingPost(
  db: Knex,
  key: PendingPostKey,
  { slackChannelId, slackThreadTs }: PostDestination,
): Promise<string> {
  const columns = columnsOf(key);
  const [row] = await db(tableOf(key))
    .insert({ ...columns, slack_channel_id: slackChannelId, slack_thread_ts: slackThreadTs })
    .onConflict(Object.keys(columns))
    .merge({
      id: db.fn.uuid(),
      slack_channel_id: slackChannelId,
      slack_thread_ts: slackThreadTs,
      begun_at: db.fn.now(),
    })
    .returning('id');
  return row.id;
}

/** The post is in Slack and recorded, or Slack refused it, or its matter is over. */
export async function deletePendingPost(trx: Knex, key: PendingPostKey): Promise<void> {
  await trx(tableOf(key)).where(columnsOf(key)).delete();
}

const tableOf = (key: PendingPostKey) => ('replyKey' in key ? 'sms_answer_posting' : 'sms_batch_posting');

const columnsOf = (key: PendingPostKey) =>
  'replyKey' in key ? { answer: key.replyKey } : { batch_id: key.batchId, kind: key.kind };
