import type { Knex } from 'knex';
import { type BatchKey, detailTable } from '../store/detail-table';

/**
 * How far the poll of a batch has come, when the provider was last queried, and when its last report came.
 */

/** How far a round of polling has come: to this recipient of this chunk. */
export interface Cursor {
  chunk: number;
  id: string;
}

export const POLL_START: Cursor = { chunk: 0, id: '0' };

/** Saves how far a round has come. `POLL_START` ends the round, and people see when it ended. */
export async function savePollCursor(trx: Knex, batchId: string, { chunk, id }: Cursor): Promise<void> {
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
 * How long ago the batch became `submitted`; before that (in a paused batch, say), how long ago its latest
 * submission started. By the database's clock, which all processes share: a machine whose own clock has
 * jumped must not give up on texts that are under way.
 */
export async function msSinceSubmitted(db: Knex, batchId: string): Promise<number> {
  const row = await db('sms_batch as batch')
    .where({ id: batchId })
    .first(
      db.raw(`extract(epoch from clock_timestamp() - coalesce(submitted_at, (
        select max(started_at) from sms_submission where batch_id = batch.id)))::float8 * 1000 as ms`),
    );
  return Math.max(0, row?.ms ?? 0);
}

/**
 * How long ago the last delivery report of a batch came (null: none yet), and how long ago a round of polling
 * last saved its progress. By the database's clock.
 */
export async function lastContact(
  db: Knex,
  batchId: string,
): Promise<{ sinceReportMs: number | null; sincePollMs: number }> {
  const since = (column: string) => `extract(epoch from clock_timestamp() - ${column})::float8 * 1000`;
  const row = await db('sms_batch')
    .where({ id: batchId })
    .first(
      db.raw(`${since('reported_at')} as reported`),
      db.raw(`${since('coalesce(checked_at, started_at)')} as polled`),
    );
  return { sinceReportMs: row?.reported ?? null, sincePollMs: row?.polled ?? 0 };
}

export interface OpenText {
  id: string;
  chunk: number;
  provider_message_id: string;
  submission_id: string;
}

/**
 * The next open recipients that have a message id, in the order of polling. Each status has a select of its
 * own: the index (batch, status, chunk) has that order only within one status. One select would sort all open
 * rows each step.
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

/** When these submissions started and ended. */
export async function listSubmissionTimes(
  db: Knex,
  ids: string[],
): Promise<{ id: string; started_at: Date; finished_at: Date }[]> {
  return db('sms_submission')
    .whereIn('id', ids)
    .select('id', 'started_at', db.raw('coalesce(finished_at, started_at) as finished_at'));
}

/**
 * What an account has submitted in [from, until], oldest first. All its texts count, although a person's own
 * app id has a list of its own at the provider: that list holds at most these, as far as we know.
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
