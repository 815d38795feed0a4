import type { Knex } from 'knex';

/** Messages about a batch that were begun and are not recorded yet: at most one of each kind. */

export type PostingKind = 'report' | 'completion' | 'attention' | 'review';

export interface PostingOf {
  batchId: string;
  kind: PostingKind;
}

export interface Posting {
  id: string;
  slackChannelId: string;
  slackThreadTs: string | null;
  begunAt: Date;
  /** By the database's clock, which is one for all processes. */
  ageMs: number;
}

/** Where the message goes. */
export type PostingPlace = Pick<Posting, 'slackChannelId' | 'slackThreadTs'>;

export async function findPosting(db: Knex, { batchId, kind }: PostingOf): Promise<Posting | null> {
  const row = await db('sms_batch_posting')
    .where({ batch_id: batchId, kind })
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
export async function putPosting(
  db: Knex,
  { batchId, kind }: PostingOf,
  { slackChannelId, slackThreadTs }: PostingPlace,
): Promise<string> {
  const [row] = await db('sms_batch_posting')
    .insert({ batch_id: batchId, kind, slack_channel_id: slackChannelId, slack_thread_ts: slackThreadTs })
    .onConflict(['batch_id', 'kind'])
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
export async function deletePosting(trx: Knex, { batchId, kind }: PostingOf): Promise<void> {
  await trx('sms_batch_posting').where({ batch_id: batchId, kind }).delete();
}
