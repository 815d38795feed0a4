import type { Knex } from 'knex';
import { type BatchKey, detailTable } from '../store/detail-table';

/** When the provider was last asked about a batch, and when it last told by itself. */

/** How far a round of asking has come: after this recipient of this chunk. */
export interface Cursor {
  chunk: number;
  id: string;
}

export const ROUND_START: Cursor = { chunk: 0, id: '0' };

/** A round of asking the provider has come so far; at its start again, it is over. */
export async function notePoll(trx: Knex, batchId: string, { chunk, id }: Cursor): Promise<void> {
  await trx('sms_batch')
    .where({ id: batchId })
    .update({
      poll_after_chunk: chunk,
      poll_after_id: id,
      checked_at: trx.fn.now(),
      ...(chunk === 0 ? { version: trx.raw('version + 1') } : {}),
    });
}

/**
 * How long ago everything was submitted, or, where some wait (a paused batch), the latest of what was. By the
 * database's clock, which is one for all processes: a machine whose own has jumped must not give up on texts that
 * are on their way.
 */
export async function submittedForMs(db: Knex, batchId: string): Promise<number> {
  const row = await db('sms_batch as batch')
    .where({ id: batchId })
    .first(
      db.raw(`extract(epoch from clock_timestamp() - coalesce(submitted_at, (
        select max(started_at) from sms_submission where batch_id = batch.id)))::float8 * 1000 as ms`),
    );
  return Math.max(0, row?.ms ?? 0);
}

/** How long ago the provider last pushed a report about a batch, and was last asked; by the database's clock. */
export async function lastContact(
  db: Knex,
  batchId: string,
): Promise<{ reportedForMs: number | null; askedForMs: number }> {
  const since = (column: string) => `extract(epoch from clock_timestamp() - ${column})::float8 * 1000`;
  const row = await db('sms_batch')
    .where({ id: batchId })
    .first(
      db.raw(`${since('reported_at')} as reported`),
      db.raw(`${since('coalesce(checked_at, started_at)')} as asked`),
    );
  return { reportedForMs: row?.reported ?? null, askedForMs: row?.asked ?? 0 };
}

export interface OpenText {
  id: string;
  chunk: number;
  provider_message_id: string;
  submission_id: string;
}

/**
 * The next open recipients that the provider knows by id, in the order of asking. Each status by itself, since the
 * index (batch, status, chunk) is in that order only for one: together they would sort all that is open, each step.
 */
export async function nextOpenTexts(
  db: Knex,
  key: BatchKey,
  after: Cursor,
  limit: number,
): Promise<OpenText[]> {
  const { rows } = await db.raw(
    `with open as (
       ${['sending', 'unknown']
         .map(
           (status) => `(select id, chunk, provider_message_id, submission_id from :table:
             where batch_id = :batchId and status = '${status}' and provider_message_id is not null
               and chunk >= :chunk and (chunk > :chunk or id > :id)
             order by chunk, id limit :limit)`,
         )
         .join(' union all ')}
     )
     select * from open order by chunk, id limit :limit`,
    { table: detailTable(key.provider), batchId: key.batchId, ...after, limit },
  );
  return rows;
}

/** When some texts were submitted, by their submissions. */
export async function listSubmissionTimes(
  db: Knex,
  ids: string[],
): Promise<{ id: string; started_at: Date; finished_at: Date }[]> {
  return db('sms_submission')
    .whereIn('id', ids)
    .select('id', 'started_at', db.raw('coalesce(finished_at, started_at) as finished_at'));
}

/**
 * What an account has submitted in [from, until], by the time. All its texts count, though a person's own app id has
 * a list of its own at the provider: it holds no more than this, of what we know.
 */
export async function listSubmitted(
  db: Knex,
  key: { tenantId: string; provider: string },
  from: Date,
  until: Date,
): Promise<{ started_at: Date; size: number }[]> {
  return db('sms_submission as submission')
    .join('sms_batch as batch', 'batch.id', 'submission.batch_id')
    .where({ 'batch.tenant_id': key.tenantId, 'batch.channel': key.provider })
    .whereIn('submission.outcome', ['accepted', 'unknown', 'reconciled'])
    .whereBetween('submission.started_at', [from, until])
    .orderBy('submission.started_at')
    .select('submission.started_at', 'submission.size');
}
