import type { Knex } from 'knex';
import type { RejectReason } from '../../recipients/recipient';
import type { RecipientStatus } from '../states';
import { detailTable, type Of } from './detail-table';

/**
 * Whole lists of a batch, by a cursor of the server: one snapshot, and never more than a block of rows in
 * memory. Times are on the clock of `timeZone`.
 */
export interface ExportedRecipient {
  source: number;
  line: number;
  number: string;
  status: RecipientStatus;
  reason: string | null;
  attempt: number;
  submittedAt: string | null;
  /** When the outcome came about, or else became known. */
  settledAt: string | null;
  segments: number | null;
  /** Decimal string. */
  cost: string | null;
  currency: string | null;
  orderId: string;
  messageId: string | null;
}

/** In the order of the list. */
export async function* streamRecipients(
  db: Knex,
  of: Of,
  timeZone: string,
): AsyncGenerator<ExportedRecipient[]> {
  const startedAt = await listSubmissionTimes(db, of.batchId, timeZone);
  const settledAt = `case when status in ('delivered', 'failed') then coalesce(settled_at, updated_at) end`;
  const rows = db(detailTable(of.channel))
    .where({ batch_id: of.batchId })
    .orderBy('position')
    .select(
      'source',
      'line',
      'recipient_number as number',
      'status',
      'failure_reason as reason',
      'attempt',
      'submission_id as submittedAt',
      clockTime(db, settledAt, timeZone, 'settledAt'),
      'segments_charged as segments',
      db.raw('trim_scale(cost)::text as cost'),
      'currency',
      'order_id as orderId',
      'provider_message_id as messageId',
    );
  for await (const block of readByCursor<ExportedRecipient>(db, rows)) {
    for (const row of block) row.submittedAt = startedAt.get(row.submittedAt ?? '') ?? null;
    yield block;
  }
}

export interface ExportedRejected {
  source: number;
  line: number;
  raw: string;
  reason: RejectReason;
}

/** In the order in which they were read. */
export function streamRejected(db: Knex, batchId: string): AsyncGenerator<ExportedRejected[]> {
  const rows = db('sms_rejected_recipient')
    .where({ batch_id: batchId })
    .orderBy('id')
    .select('source', 'line', 'raw', 'reason_detail as reason');
  return readByCursor<ExportedRejected>(db, rows);
}

/** A submission carries up to a thousand recipients: its time is looked up and written once. */
async function listSubmissionTimes(
  db: Knex,
  batchId: string,
  timeZone: string,
): Promise<Map<string, string>> {
  const rows = await db('sms_submission')
    .where({ batch_id: batchId })
    .whereNotNull('started_at')
    .select('id', clockTime(db, 'started_at', timeZone, 'at'));
  return new Map(rows.map((row) => [row.id, row.at]));
}

function clockTime(db: Knex, moment: string, timeZone: string, name: string) {
  return db.raw(`to_char((${moment}) at time zone ?, 'YYYY-MM-DD HH24:MI:SS') as ??`, [timeZone, name]);
}

const BLOCK_ROWS = 2_000;

/** A reader that stops early, or fails, ends the transaction and with it the cursor. */
async function* readByCursor<Row>(db: Knex, query: Knex.QueryBuilder): AsyncGenerator<Row[]> {
  const trx = await db.transaction();
  try {
    const { sql, bindings } = query.toSQL();
    await trx.raw(`declare exported no scroll cursor for ${sql}`, bindings as Knex.RawBinding[]);
    for (;;) {
      const { rows } = await trx.raw(`fetch ${BLOCK_ROWS} from exported`);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await trx.rollback();
  }
}
