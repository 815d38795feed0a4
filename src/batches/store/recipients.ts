import type { Knex } from 'knex';
import type { RecipientDetail } from '../batch';
import type { RecipientStatus } from '../states';

/**
 * All SQL on a channel's recipients. One table a channel, with the same columns: a second channel is a
 * migration and a line here.
 */
const DETAIL_TABLE: Record<string, string> = { onbuka: 'sms_batch_buka_detail' };

export function detailTable(channel: string): string {
  const table = DETAIL_TABLE[channel];
  if (!table) throw new Error(`Channel "${channel}" has no table of recipients.`);
  return table;
}

/** A batch's key to its recipients. */
export interface Of {
  channel: string;
  batchId: string;
}

/** One chunk of them. */
export interface OfChunk extends Of {
  chunk: number;
}

export interface Unsent {
  id: string;
  order_id: string;
  recipient_number: string;
}

/** Whom a chunk still has to reach. */
export async function listUnsent(db: Knex, of: Of, chunk: number): Promise<Unsent[]> {
  return db(detailTable(of.channel))
    .where({ batch_id: of.batchId, status: 'pending', chunk })
    .orderBy('position')
    .select('id', 'order_id', 'recipient_number');
}

/**
 * The provider took them: each gets its message id. Answers how many moved. The chunk is named although the
 * order ids would do: without it the planner, whose statistics are always behind a moving batch, may read all
 * of the batch for each thousand (67 ms instead of 27 at 100,000, and growing with the batch).
 */
export async function moveToSending(
  trx: Knex.Transaction,
  of: OfChunk,
  from: 'pending' | 'unknown',
  submissionId: string,
  accepted: { orderId: string; messageId: string }[],
): Promise<number> {
  if (accepted.length === 0) return 0;
  const { rowCount } = await trx.raw(
    `update ?? as recipient
     set status = 'sending', provider_message_id = answer.message_id, submission_id = ?, updated_at = now()
     from unnest(?::text[], ?::text[]) as answer (order_id, message_id)
     where recipient.batch_id = ? and recipient.chunk = ? and recipient.order_id = answer.order_id
       and recipient.status = ? and recipient.provider_message_id is null`,
    [
      detailTable(of.channel),
      submissionId,
      accepted.map((one) => one.orderId),
      accepted.map((one) => one.messageId),
      of.batchId,
      of.chunk,
      from,
    ],
  );
  return rowCount;
}

/** The provider named them as not taken. */
export async function moveToRefused(
  trx: Knex.Transaction,
  of: OfChunk,
  from: 'pending' | 'unknown',
  submissionId: string,
  refused: { orderId: string; reason: string }[],
): Promise<number> {
  if (refused.length === 0) return 0;
  const { rowCount } = await trx.raw(
    `update ?? as recipient
     set status = 'failed', failure_reason = answer.reason, submission_id = ?, updated_at = now(),
       settled_at = now(), settled_by = 'answer'
     from unnest(?::text[], ?::text[]) as answer (order_id, reason)
     where recipient.batch_id = ? and recipient.chunk = ? and recipient.order_id = answer.order_id
       and recipient.status = ?`,
    [
      detailTable(of.channel),
      submissionId,
      refused.map((one) => one.orderId),
      refused.map((one) => one.reason),
      of.batchId,
      of.chunk,
      from,
    ],
  );
  return rowCount;
}

/** All of a chunk that stand at `from` go to `to` together. */
export async function moveChunk(
  trx: Knex.Transaction,
  of: Of,
  chunk: number,
  from: RecipientStatus,
  to: RecipientStatus,
  change: { submission_id?: string; failure_reason?: string | null } = {},
): Promise<number> {
  const settled = to === 'failed' ? { settled_at: trx.fn.now(), settled_by: 'answer' } : {};
  return trx(detailTable(of.channel))
    .where({ batch_id: of.batchId, status: from, chunk })
    .update({ ...change, ...settled, status: to, updated_at: trx.fn.now() });
}

/** Everyone of a batch that never left goes to `to`; those in an open request are left to its answer. */
export async function moveUnsent(
  trx: Knex.Transaction,
  of: Of,
  to: 'cancelled' | 'failed',
  reason: string | null = null,
): Promise<number> {
  const { rowCount } = await trx.raw(
    `update ?? set status = ?, failure_reason = ?, updated_at = now(), settled_at = now(), settled_by = ?
     where batch_id = ? and status = 'pending' and chunk not in (
       select chunk from sms_submission where batch_id = ? and outcome = 'in_flight')`,
    [detailTable(of.channel), to, reason, to === 'failed' ? 'answer' : null, of.batchId, of.batchId],
  );
  return rowCount;
}

/** The later half of a chunk's unsent recipients becomes a chunk of its own. Answers how many moved. */
export async function splitChunk(
  trx: Knex.Transaction,
  of: Of,
  chunk: number,
  into: number,
  keep: number,
): Promise<number> {
  const { rowCount } = await trx.raw(
    `update ?? set chunk = ? where id in (
       select id from ?? where batch_id = ? and status = 'pending' and chunk = ? order by position offset ?)`,
    [detailTable(of.channel), into, detailTable(of.channel), of.batchId, chunk, keep],
  );
  return rowCount;
}

/**
 * A person sends again to everyone who stands at `from`: the ended attempt goes to the history, and the
 * recipient waits in a new chunk under a new order id, so that nothing said of the old one can settle the
 * new. Who is `unknown` but known to the provider by id is on the way, and not sent to again; the rows are
 * locked before they are read, so that a proof which comes at this moment is not overlooked.
 */
export async function beginNextAttempt(
  trx: Knex.Transaction,
  of: Of,
  from: 'failed' | 'unknown',
  into: { firstChunk: number; chunkSize: number },
): Promise<number> {
  const { rowCount } = await trx.raw(
    `with locked as (
       select * from :table:
       where batch_id = :batchId and status = :from and (:from = 'failed' or provider_message_id is null)
       for update
     ), ended as (
       select *, row_number() over (order by position) - 1 as number from locked
     ), kept as (
       insert into sms_recipient_attempt (batch_id, recipient_number, attempt, order_id, provider_message_id,
         submission_id, status, failure_reason, ended_at, settled_by, cost, currency, segments_charged)
       select batch_id, recipient_number, attempt, order_id, provider_message_id,
         submission_id, status, failure_reason, coalesce(settled_at, updated_at), settled_by, cost, currency,
         segments_charged
       from ended
     )
     update :table: as recipient
     set status = 'pending', chunk = :firstChunk + ended.number / :chunkSize, attempt = ended.attempt + 1,
       order_id = split_part(ended.order_id, '.', 1) || '.' || (ended.attempt + 1), provider_message_id = null,
       submission_id = null, failure_reason = null, settled_at = null, settled_by = null, cost = null,
       currency = null, segments_charged = null, updated_at = now()
     from ended where recipient.id = ended.id`,
    { table: detailTable(of.channel), batchId: of.batchId, from, ...into },
  );
  return rowCount;
}

/** The first chunk after `afterChunk` in which somebody is open whom the provider knows by id. */
export async function nextOpenChunk(db: Knex, of: Of, afterChunk: number): Promise<number | null> {
  const row = await openRecipients(db, of).where('chunk', '>', afterChunk).min('chunk as chunk').first();
  return row?.chunk ?? null;
}

export interface OpenRecipient {
  provider_message_id: string;
  status: 'sending' | 'unknown';
}

/** The open recipients that the provider knows by id: of one chunk, or of the whole batch. */
export async function listOpen(db: Knex, of: Of, chunk?: number): Promise<OpenRecipient[]> {
  return openRecipients(db, of)
    .where(chunk === undefined ? {} : { chunk })
    .select('provider_message_id', 'status');
}

function openRecipients(db: Knex, of: Of) {
  return db(detailTable(of.channel))
    .where({ batch_id: of.batchId })
    .whereIn('status', ['sending', 'unknown'])
    .whereNotNull('provider_message_id');
}

export interface FinalOutcome {
  messageId: string;
  status: 'delivered' | 'failed';
  reason: string | null;
}

/** Records outcomes that we asked for, by the provider's id. Final ones are never changed. */
export async function moveToFinal(
  trx: Knex.Transaction,
  of: OfChunk,
  from: 'sending' | 'unknown',
  to: 'delivered' | 'failed',
  outcomes: FinalOutcome[],
  toldBy: 'poll' | 'reconcile',
): Promise<number> {
  if (outcomes.length === 0) return 0;
  const { rowCount } = await trx.raw(
    `update ?? as recipient
     set status = ?, failure_reason = nullif(outcome.reason, ''), updated_at = now(), settled_at = now(),
       settled_by = ?
     from unnest(?::text[], ?::text[]) as outcome (message_id, reason)
     where recipient.batch_id = ? and recipient.chunk = ? and recipient.status = ?
       and recipient.provider_message_id = outcome.message_id`,
    [
      detailTable(of.channel),
      to,
      toldBy,
      outcomes.map((one) => one.messageId),
      outcomes.map((one) => one.reason ?? ''),
      of.batchId,
      of.chunk,
      from,
    ],
  );
  return rowCount;
}

/** What never ended: from now on unknown. */
export async function moveOpenToUnknown(trx: Knex.Transaction, of: Of): Promise<number> {
  return trx(detailTable(of.channel))
    .where({ batch_id: of.batchId, status: 'sending' })
    .update({ status: 'unknown', updated_at: trx.fn.now() });
}

/** Failure reasons with counts, most frequent first. */
export async function countReasons(
  db: Knex,
  of: Of,
  limit: number,
): Promise<{ reason: string; count: number }[]> {
  const rows = await db(detailTable(of.channel))
    .where({ batch_id: of.batchId, status: 'failed' })
    .groupBy('failure_reason')
    .orderByRaw('count(*) desc, failure_reason')
    .limit(limit)
    .select('failure_reason', db.raw('count(*)::int as count'));
  return rows.map((row) => ({ reason: row.failure_reason ?? '', count: row.count }));
}

/** A page of a batch's recipients, in the order of the list. */
export async function listPage(
  db: Knex,
  of: Of,
  page: { first: number; size: number },
): Promise<RecipientDetail[]> {
  const rows = await db(`${detailTable(of.channel)} as recipient`)
    .join('sms_batch_source as source', (join) =>
      join.on('source.batch_id', 'recipient.batch_id').andOn('source.ordinal', 'recipient.source'),
    )
    .where('recipient.batch_id', of.batchId)
    .whereBetween('recipient.position', [page.first, page.first + page.size - 1])
    .orderBy('recipient.position')
    .select('recipient_number', 'line', 'name', 'status', 'failure_reason', 'updated_at');
  return rows.map((row) => ({
    recipientNumber: row.recipient_number,
    line: row.line,
    sourceName: row.name,
    status: row.status,
    failureReason: row.failure_reason,
    updatedAt: row.updated_at,
  }));
}

/** A recipient of whom only an attempt is known. */
export interface Uncertain {
  chunk: number;
  order_id: string;
  recipient_number: string;
  submission_id: string;
  started_at: Date;
  finished_at: Date;
  /** Since `finished_at`, by the database's clock. */
  age_ms: number;
}

/** Who may or may not have been sent a text, and for whom the provider has not shown a record yet. */
export async function listUncertain(db: Knex, of: Of): Promise<Uncertain[]> {
  return db(`${detailTable(of.channel)} as recipient`)
    .join('sms_submission as submission', 'submission.id', 'recipient.submission_id')
    .where({ 'recipient.batch_id': of.batchId, 'recipient.status': 'unknown' })
    .whereNull('recipient.provider_message_id')
    .select('recipient.chunk', 'order_id', 'recipient_number', 'submission_id', 'started_at')
    .select(db.raw('coalesce(finished_at, started_at) as finished_at'))
    .select(
      db.raw(
        'extract(epoch from clock_timestamp() - coalesce(finished_at, started_at))::float8 * 1000 as age_ms',
      ),
    );
}

/** Another attempt at the same number whose outcome nobody knows, or not yet: a record could be its. */
export interface Rival {
  recipient_number: string;
  started_at: Date;
  finished_at: Date;
}

/**
 * Attempts at these numbers elsewhere that have no answer: uncertain ones and those in open requests of other
 * batches, and those that a person put aside. An open one may last until now.
 */
export async function listRivals(db: Knex, of: Of, numbers: string[]): Promise<Rival[]> {
  const { rows } = await db.raw(
    `with rival as (
       select recipient_number, submission_id from :table:
       where batch_id <> :batchId and status = 'unknown' and provider_message_id is null
         and recipient_number = any(:numbers)
       union all
       select recipient_number, open.id from sms_submission as open
       join :table: as recipient on recipient.batch_id = open.batch_id and recipient.chunk = open.chunk
       where open.outcome = 'in_flight' and open.batch_id <> :batchId and recipient.status = 'pending'
         and recipient_number = any(:numbers)
       union all
       select recipient_number, submission_id from sms_recipient_attempt
       where status = 'unknown' and provider_message_id is null and recipient_number = any(:numbers)
     )
     select recipient_number, started_at,
       coalesce(finished_at, case outcome when 'in_flight' then clock_timestamp() end, started_at) as finished_at
     from rival join sms_submission on sms_submission.id = rival.submission_id`,
    { table: detailTable(of.channel), batchId: of.batchId, numbers },
  );
  return rows;
}

/** Which of these ids belong to a recipient already, or to an attempt that was put aside. */
export async function listKnownMessageIds(
  db: Knex,
  channel: string,
  messageIds: string[],
): Promise<string[]> {
  const { rows } = await db.raw(
    `select provider_message_id as id from :table: where provider_message_id = any(:messageIds)
     union all
     select provider_message_id from sms_recipient_attempt where provider_message_id = any(:messageIds)`,
    { table: detailTable(channel), messageIds },
  );
  return rows.map((row: { id: string }) => row.id);
}
