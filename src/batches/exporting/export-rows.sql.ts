import type { Socket } from 'node:net';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { RejectReason } from '../../recipients/recipient';
import type { RecipientStatus } from '../states';
import { detailTable, type OrderedBatchKey, orderIdRange } from '../store/detail-table';

/**
 * Whole lists of a batch, by COPY: one snapshot, several times as fast as rows, and never more than a block of
 * them in memory. Times are on the clock of `timeZone`.
 */
export interface ExportedRecipient {
  source: number;
  line: number;
  number: string;
  status: RecipientStatus;
  /** This and what follows is empty where it is not known or does not apply. */
  reason: string;
  attempt: number;
  submittedAt: string;
  /** When the outcome came about, or else became known. */
  settledAt: string;
  segments: string;
  /** Decimal string. */
  cost: string;
  currency: string;
  orderId: string;
  messageId: string;
}

/**
 * In the order of the list, which is that of the order ids: their index gives the first row at once, where sorting a
 * million would come before it.
 */
export async function* streamRecipients(
  db: Knex,
  key: OrderedBatchKey,
  timeZone: string,
): AsyncGenerator<ExportedRecipient[]> {
  const startedAt = await listSubmissionTimes(db, key.batchId, timeZone);
  const settledAt = `case when status in ('delivered', 'failed') then coalesce(settled_at, updated_at) end`;
  const rows = db(detailTable(key.provider))
    .where({ batch_id: key.batchId })
    .whereBetween('order_id', orderIdRange(key))
    .orderBy('order_id')
    .select('source', 'line', 'recipient_number', 'status', 'failure_reason', 'attempt', 'submission_id')
    .select(clockTime(db, settledAt, timeZone, 'settled_at'))
    .select('segments_charged', db.raw('trim_scale(cost)'), 'currency', 'order_id', 'provider_message_id');
  for await (const block of copyOut(db, rows)) {
    yield block.map((row) => ({
      source: Number(row[0]),
      line: Number(row[1]),
      number: row[2] as string,
      status: row[3] as RecipientStatus,
      reason: row[4] as string,
      attempt: Number(row[5]),
      submittedAt: startedAt.get(row[6] as string) ?? '',
      settledAt: row[7] as string,
      segments: row[8] as string,
      cost: row[9] as string,
      currency: row[10] as string,
      orderId: row[11] as string,
      messageId: row[12] as string,
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

/**
 * COPY takes no parameters: Knex writes them into the query, escaped. It runs on a connection of its own, outside
 * the pool, since one that is left in the middle of a COPY can only be cut. Null comes as an empty field, so that
 * hardly a line holds a backslash and has to be read letter by letter.
 */
async function* copyOut(db: Knex, query: Knex.QueryBuilder): AsyncGenerator<string[][]> {
  const client: Client = await db.client.acquireRawConnection();
  let isWhole = false;
  try {
    const stream = client.query(copyTo(`copy (${query.toQuery()}) to stdout with (null '')`));
    stream.setEncoding('utf8');
    let unfinished = '';
    for await (const piece of stream) {
      const lines = (unfinished + piece).split('\n');
      unfinished = lines.pop() as string;
      if (lines.length > 0) yield lines.map(readLine);
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

/** COPY's text format: a backslash stands before what would end a field or a line. */
function readLine(line: string): string[] {
  const fields = line.split('\t');
  if (!line.includes('\\')) return fields;
  return fields.map((field) =>
    field.includes('\\') ? field.replace(/\\(.)/gs, (_, char: string) => ESCAPED[char] ?? char) : field,
  );
}
