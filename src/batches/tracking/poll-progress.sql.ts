import type { Knex } from 'knex';
import { detailTable, type SentWith, type TrackedKey } from '../store/detail-table';

/** How far the polls of a batch have come, when a provider was last asked, and when the last report came. */

/** How far a round of polling has come: to this recipient of this chunk. */
export interface Cursor {
  chunk: number;
  id: string;
}

export const POLL_START: Cursor = { chunk: 0, id: '0' };

/** Null where the batch does not use the account. */
export async function findPollCursor(db: Knex, batchId: string, accountId: string): Promise<Cursor | null> {
  const row = await db('sms_batch_account')
    .where({ batch_id: batchId, account_id: accountId })
    .first('poll_after_chunk as chunk', 'poll_after_id as id');
  return row ?? null;
}

/** Saves how far a round has come. `POLL_START` ends the round, and people see when it ended. */
export async function savePollCursor(
  trx: Knex,
  { batchId, accountId }: TrackedKey,
  { chunk, id }: Cursor,
): Promise<void> {
  // The batch's row first, as where reports are applied: the two may run at the same time.
  await trx('sms_batch')
    .where({ id: batchId })
    .update({ checked_at: trx.fn.now(), ...(chunk === 0 ? { version: trx.raw('version + 1') } : {}) });
  await trx('sms_batch_account')
    .where({ batch_id: batchId, account_id: accountId })
    .update({ poll_after_chunk: chunk, poll_after_id: id, polled_at: trx.fn.now() });
}

/** Delivery reports of texts of these submissions came. Call with their batches' rows locked. */
export async function noteReports(trx: Knex.Transaction, submissionIds: string[]): Promise<void> {
  if (submissionIds.length === 0) return;
  await trx.raw(
    `update sms_batch_account as used set reported_at = now() from sms_submission as sent
     where sent.id = any(?) and used.batch_id = sent.batch_id and used.account_id = sent.account_id`,
    [submissionIds],
  );
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
 * How long ago the last delivery report of a batch came from an account (null: none yet), and how long ago a poll of the
 * account last saved its progress. By the database's clock.
 */
export async function lastContact(
  db: Knex,
  batchId: string,
  accountId: string,
): Promise<{ sinceReportMs: number | null; sincePollMs: number }> {
  const since = (column: string) => `extract(epoch from clock_timestamp() - ${column})::float8 * 1000`;
  const row = await db('sms_batch as batch')
    .join('sms_batch_account as used', 'used.batch_id', 'batch.id')
    .where({ 'batch.id': batchId, 'used.account_id': accountId })
    .first(
      db.raw(`${since('used.reported_at')} as reported`),
      db.raw(`${since('coalesce(polled_at, started_at)')} as polled`),
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
 * The next open recipients of an account that have a message id, in the order of polling. Each status has a select of its
 * own: the index (batch, status, chunk) has that order only within one status. One select would sort all open rows each
 * step.
 */
export async function nextOpenTexts(
  db: Knex,
  key: TrackedKey,
  after: Cursor,
  limit: number,
): Promise<OpenText[]> {
  const { rows } = await db.raw(
    `with open as (
       ${['sending', 'unknown']
         .map(
           (status) => `(select id, chunk, provider_message_id, submission_id from :table:
             where batch_id = :batchId and status = '${status}' and provider_message_id is not null
               and chunk >= :chunk and (chunk > :chunk or id > :id) and ${OF_ACCOUNT}
             order by chunk, id limit :limit)`,
         )
         .join(' union all ')}
     )
     select * from open order by chunk, id limit :limit`,
    { ...key, table: detailTable(key.provider), ...after, limit },
  );
  return rows;
}

/** SQL: true at once where the batch uses one account of the provider, as nearly every batch does. */
const OF_ACCOUNT = `(
  (select count(*) from sms_batch_account as used join provider_account as account on account.id = used.account_id
   where used.batch_id = :batchId and account.channel = :provider) = 1
  or exists (select 1 from sms_submission where id = submission_id and account_id = :accountId))`;

/** A submission that open texts were sent with. */
export interface SentSubmission extends SentWith {
  id: string;
  started_at: Date;
  finished_at: Date;
}

/** The submissions of these texts, by id. */
export async function findSubmissionsOf(db: Knex, texts: OpenText[]): Promise<Map<string, SentSubmission>> {
  const ids = new Set(texts.map((text) => text.submission_id));
  const found: SentSubmission[] = await db('sms_submission')
    .whereIn('id', [...ids])
    .select('id', 'account_id', 'sub_account', 'address', 'started_at')
    .select(db.raw('coalesce(finished_at, started_at) as finished_at'));
  return new Map(found.map((one) => [one.id, one]));
}

/**
 * What an account has submitted in [from, until], oldest first. All its texts count, although a person's own sub-account
 * may have a list of its own at the provider: that list holds at most these, as far as we know.
 */
export async function listSubmitted(
  db: Knex,
  accountId: string,
  from: Date,
  until: Date,
): Promise<{ started_at: Date; size: number }[]> {
  return db('sms_submission')
    .where({ account_id: accountId })
    .whereIn('outcome', ['accepted', 'unknown', 'reconciled'])
    .whereBetween('started_at', [from, until])
    .orderBy('started_at')
    .select('started_at', 'size');
}
