import { finished } from 'node:stream/promises';
import type { Knex } from 'knex';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { AcceptedRecipient, RejectedRow } from '../../recipients/recipient';
import { type BatchKey, detailTable } from '../store/detail-table';

/** The fill of a list by COPY, block by block: the fastest way into Postgres, and no list in memory. */

/** Wide enough for 60 million positions; fixed, so that order ids sort as they are made. */
const POSITION_DIGITS = 5;
/** As COPY's text format writes it. */
const NULL = '\\N';

/** `onSent` is called once the database has the rows, and while it stores them. */
export async function copyAccepted(
  trx: Knex.Transaction,
  key: BatchKey & { orderPrefix: string; chunkSize: number },
  firstPosition: number,
  accepted: AcceptedRecipient[],
  onSent: () => void,
): Promise<void> {
  const lines = accepted.map((recipient, index) => {
    const position = firstPosition + index;
    const chunk = Math.ceil(position / key.chunkSize);
    const orderId = `${key.orderPrefix}-${position.toString(36).padStart(POSITION_DIGITS, '0')}`;
    return `${key.batchId}\t${position}\t${chunk}\t${orderId}\t${recipient.number}\t${recipient.source}\t${recipient.line}\t${recipient.country ?? NULL}\n`;
  });
  const columns = 'batch_id, position, chunk, order_id, recipient_number, source, line, country';
  await copy(trx, `copy ${detailTable(key.provider)} (${columns}) from stdin`, lines, onSent);
}

/** In the order in which they were read, which their ids keep. */
export async function copyRejected(
  trx: Knex.Transaction,
  batchId: string,
  rejected: RejectedRow[],
): Promise<void> {
  const lines = rejected.map(({ source, line, raw, reason }) => {
    const fields = [
      batchId,
      source,
      line,
      escapeField(raw),
      reason.code,
      escapeField(JSON.stringify(reason)),
    ];
    return `${fields.join('\t')}\n`;
  });
  const columns = 'batch_id, source, line, raw, reason, reason_detail';
  await copy(trx, `copy sms_rejected_recipient (${columns}) from stdin`, lines);
}

/** A list that is read anew leaves nothing of the former reading. */
export async function clearRecipients(trx: Knex.Transaction, key: BatchKey): Promise<void> {
  await trx(detailTable(key.provider)).where({ batch_id: key.batchId }).delete();
  await trx('sms_rejected_recipient').where({ batch_id: key.batchId }).delete();
  await trx('sms_submission').where({ batch_id: key.batchId }).delete();
}

/**
 * Whether this transaction alone reads the batch's list, and it is still to be read: asked once the lock is
 * held, since another reading may have ended meanwhile, and what it read may be on its way. Held to the end.
 */
export async function lockForImport(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  const { rows } = await trx.raw(`select pg_try_advisory_xact_lock(hashtext('import'), ?::int) as held`, [
    Number(batchId) % 2_147_483_647,
  ]);
  if (!rows[0].held) return false;
  return (await trx('sms_batch').where({ id: batchId, status: 'importing' }).first('id')) !== undefined;
}

async function copy(
  trx: Knex.Transaction,
  statement: string,
  lines: string[],
  onSent = () => {},
): Promise<void> {
  if (lines.length === 0) return onSent();
  // Knex has no COPY; inside a transaction this is the transaction's own connection.
  const client = (await trx.client.acquireConnection()) as PoolClient;
  const into = client.query(copyFrom(statement));
  into.write(lines.join(''), onSent);
  into.end();
  await finished(into);
}

/** COPY's text format: backslash, tab and line ends are escaped; a NUL does not exist in Postgres. */
function escapeField(text: string): string {
  return text
    .replaceAll('\0', '')
    .replace(
      /[\\\t\n\r]/g,
      (character) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[character] ?? '',
    );
}
