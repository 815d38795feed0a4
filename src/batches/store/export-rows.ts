import type { Socket } from 'node:net';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { RejectReason } from '../../recipients/recipient';
import type { RecipientStatus } from '../states';
import { detailTable, type Of } from './detail-table';

/**
 * Whole lists of a batch, by COPY: one snapshot, several times as fast as rows, and never more than a block of
 * them in memory. Times are on the clock of `timeZone`.
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
  segments: string | null;
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
    .select('source', 'line', 'recipient_number', 'status', 'failure_reason', 'attempt', 'submission_id')
    .select(clockTime(db, settledAt, timeZone, 'settled_at'))
    .select('segments_charged', db.raw('trim_scale(cost)'), 'currency', 'order_id', 'provider_message_id');
  for await (const block of copyOut(db, rows)) {
    yield block.map((row) => ({
      source: Number(row[0]),
      line: Number(row[1]),
      number: row[2] as string,
      status: row[3] as RecipientStatus,
      reason: row[4] as Field,
      attempt: Number(row[5]),
      submittedAt: row[6] ? (startedAt.get(row[6]) ?? null) : null,
      settledAt: row[7] as Field,
      segments: row[8] as Field,
      cost: row[9] as Field,
      currency: row[10] as Field,
      orderId: row[11] as string,
      messageId: row[12] as Field,
    }));
  }
}

export interface ExportedRejected {
  source: number;
  line: number;
  raw: string;
  reason: RejectReason;
}

/** In the order in which they were read. */
export async function* streamRejected(db: Knex, batchId: string): AsyncGenerator<ExportedRejected[]> {
  const rows = db('sms_rejected_recipient')
    .where({ batch_id: batchId })
    .orderBy('id')
    .select('source', 'line', 'raw', 'reason_detail');
  for await (const block of copyOut(db, rows)) {
    yield block.map((row) => ({
      source: Number(row[0]),
      line: Number(row[1]),
      raw: row[2] as string,
      reason: JSON.parse(row[3] as string),
    }));
  }
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

type Field = string | null;

/**
 * COPY takes no parameters: Knex writes them into the query, escaped. It runs on a connection of its own, outside
 * the pool, since one that is left in the middle of a COPY can only be cut.
 */
async function* copyOut(db: Knex, query: Knex.QueryBuilder): AsyncGenerator<Field[][]> {
  const client: Client = await db.client.acquireRawConnection();
  let isWhole = false;
  try {
    const stream = client.query(copyTo(`copy (${query.toQuery()}) to stdout`));
    stream.setEncoding('utf8');
    let unfinished = '';
    for await (const piece of stream) {
      const lines = (unfinished + piece).split('\n');
      unfinished = lines.pop() as string;
      if (lines.length > 0) yield lines.map((line) => line.split('\t').map(readField));
    }
    isWhole = true;
  } finally {
    if (isWhole) await client.end();
    else socketOf(client).destroy();
  }
}

/** pg has no way to cut a connection that is busy, and does not declare the socket. */
const socketOf = (client: Client) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;

const ESCAPED: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** COPY's text format: `\N` is null, and a backslash stands before what would end a field or a line. */
function readField(field: string): Field {
  if (!field.includes('\\')) return field;
  return field === '\\N' ? null : field.replace(/\\(.)/gs, (_, char: string) => ESCAPED[char] ?? char);
}
