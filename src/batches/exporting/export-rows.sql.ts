import type { Socket } from 'node:net';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { RejectedRow } from '../../recipients/recipient';
import type { RecipientStatus } from '../states';
import type { OrderedBatchKey } from '../store/detail-table';
import { orderIdRange } from '../store/order-ids';

/**
 * Reads all recipients or rejected rows of a batch by COPY: one snapshot, several times as fast as a query, and never
 * more than a block of rows in memory. Times are local times of `timeZone`.
 */
export interface ExportedRecipient {
  source: number;
  line: number;
  number: string;
  status: RecipientStatus;
  /** This and the following fields are empty where they are unknown or do not apply. */
  reason: string;
  attempt: number;
  submittedAt: string;
  /** When the recipient got the outcome, or, where that is not known, when we learnt it. */
  settledAt: string;
  segments: string;
  /** Decimal string. */
  cost: string;
  currency: string;
  orderId: string;
  messageId: string;
}

/**
 * In the order of the list, which is the order of the order ids. Their index gives the first row at once; otherwise
 * Postgres would sort a million rows first.
 */
export async function* streamRecipients(
  db: Knex,
  key: OrderedBatchKey,
  timeZone: string,
): AsyncGenerator<ExportedRecipient[]> {
  const startedAt = await listSubmissionTimes(db, key.batchId, timeZone);
  const settledAt = `case when status in ('delivered', 'failed') then coalesce(settled_at, updated_at) end`;
  const rows = db('sms_batch_recipient')
    .where({ batch_id: key.batchId })
    .whereBetween('order_id', orderIdRange(key.orderPrefix))
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

/** In the order in which they were read. */
export async function* streamRejected(db: Knex, batchId: string): AsyncGenerator<RejectedRow[]> {
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

/** Each time is formatted once: a submission carries up to a thousand recipients. */
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
 * COPY takes no parameters, so Knex writes them into the query, escaped. It runs on a connection of its own, outside
 * the pool: a connection that is left in the middle of a COPY cannot be used again. Null comes as an empty field:
 * then very few lines contain a backslash, and only those need the slow unescaping.
 */
async function* copyOut(db: Knex, query: Knex.QueryBuilder): AsyncGenerator<string[][]> {
  const client: Client = await db.client.acquireRawConnection();
  let isComplete = false;
  try {
    const stream = client.query(copyTo(`copy (${query.toQuery()}) to stdout with (null '')`));
    stream.setEncoding('utf8');
    let unfinished = '';
    for await (const piece of stream) {
      const lines = (unfinished + piece).split('\n');
      unfinished = lines.pop() as string;
      if (lines.length > 0) yield lines.map(readLine);
    }
    isComplete = true;
  } finally {
    if (isComplete) await client.end();
    else socketOf(client).destroy();
  }
}

/** pg cannot close a busy connection, and its types do not declare the socket. */
const socketOf = (client: Client) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;

const ESCAPED: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** COPY's text format puts a backslash before a character that would end a field or a line. */
function readLine(line: string): string[] {
  const fields = line.split('\t');
  if (!line.includes('\\')) return fields;
  return fields.map((field) =>
    field.includes('\\') ? field.replace(/\\(.)/gs, (_, char: string) => ESCAPED[char] ?? char) : field,
  );
}
