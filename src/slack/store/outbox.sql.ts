import type { Knex } from 'knex';

/**
 * What is about to be posted or shared in Slack. A row is committed before Slack is called, and deleted with the record of
 * what people see. One that is still there has an unknown outcome: it is looked for in Slack before it is done again.
 */

/** Names one post or one sharing of files. */
export type OutboxKey = string;

export const statusKey = (batchId: string): OutboxKey => `status:${batchId}`;
export const reviewKey = (batchId: string): OutboxKey => `review:${batchId}`;
export const completionKey = (batchId: string, round: number): OutboxKey => `completion:${batchId}:${round}`;
export const alertKey = (batchId: string, alertNumber: number): OutboxKey =>
  `alert:${batchId}:${alertNumber}`;
/** The keys of this number and of all before it: once the later one is posted, nobody needs the earlier ones. */
export const keysUpTo = (number: number, keyOf: (one: number) => OutboxKey): OutboxKey[] =>
  Array.from({ length: number }, (_, index) => keyOf(index + 1));
/** Of a reply that a job prepares. */
export const replyKey = (reply: string): OutboxKey => `reply:${reply}`;
/** Of the post which tells the person that this reply will not come. */
export const apologyKey = (reply: string): OutboxKey => `reply:${reply}:sorry`;
const filesKey = (reply: string): OutboxKey => `files:${reply}`;

export interface PendingPost {
  /** Carried in the metadata of the post. */
  id: string;
  channelId: string;
  threadTs: string | null;
  begunAt: Date;
  /** How often it was posted without a clear answer. */
  tries: number;
  /** By the database's clock, which is the same for all processes. */
  ageMs: number;
}

/** The post whose outcome is unknown. Null where none was begun. */
export async function findPendingPost(db: Knex, key: OutboxKey): Promise<PendingPost | null> {
  const row = await db('slack_outbox')
    .where({ key })
    .whereNotNull('channel_id')
    .first('id', 'channel_id as channelId', 'thread_ts as threadTs', 'begun_at as begunAt', 'tries')
    .select(db.raw('extract(epoch from clock_timestamp() - begun_at)::float8 * 1000 as "ageMs"'));
  return row ?? null;
}

/**
 * Call it before posting; it replaces a post that was not found in Slack. `tries` counts this one. Returns the id for the
 * metadata of the post.
 */
export async function putPendingPost(
  db: Knex,
  key: OutboxKey,
  { channelId, threadTs, tries }: Pick<PendingPost, 'channelId' | 'threadTs' | 'tries'>,
): Promise<string> {
  const place = { channel_id: channelId, thread_ts: threadTs, tries };
  const [row] = await db('slack_outbox')
    .insert({ key, ...place })
    .onConflict('key')
    .merge({ ...place, id: db.fn.uuid(), begun_at: db.fn.now() })
    .returning('id');
  return row.id;
}

/** Call it when it is in Slack and recorded, or when Slack refused it, or when its matter is over. */
export async function deleteFromOutbox(db: Knex, ...keys: OutboxKey[]): Promise<void> {
  await db('slack_outbox').whereIn('key', keys).delete();
}

/** Files that an earlier try uploaded and was about to share when it was cut short. Null where there are none. */
export async function findPendingFiles(db: Knex, reply: string): Promise<string[] | null> {
  const row = await db('slack_outbox')
    .where({ key: filesKey(reply) })
    .first('file_ids');
  return row?.file_ids ?? null;
}

/** Call it when the files are uploaded to Slack, before they are shared. */
export async function putPendingFiles(db: Knex, reply: string, fileIds: string[]): Promise<void> {
  await db('slack_outbox')
    .insert({ key: filesKey(reply), file_ids: fileIds })
    .onConflict('key')
    .merge(['file_ids']);
}

/** The reply was delivered, or it never will be and the person knows. */
export async function endReply(db: Knex, reply: string): Promise<void> {
  await db('slack_outbox')
    .whereIn('key', [replyKey(reply), apologyKey(reply), filesKey(reply)])
    .delete();
}
