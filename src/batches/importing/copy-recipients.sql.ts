import { finished } from 'node:stream/promises';
import type { Knex } from 'knex';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { AcceptedRecipient, RejectedRow } from '../../recipients/recipient';
import { listProviders } from '../store/batch-accounts';
import { detailTable } from '../store/detail-table';
import { firstOrderId } from '../store/order-ids';
import type { ImportAccount } from './choose-accounts';

/** Copies a list into its tables by COPY, block by block: the fastest way into Postgres, with no list in memory. */

/** Null in COPY's text format. */
const NULL = '\\N';

/**
 * Each recipient goes into the table of the provider that `place` puts it at. `onSent` is called when the rows are sent to
 * the database, which is still storing them then. Returns how many the database has stored.
 */
export async function copyAccepted(
  trx: Knex.Transaction,
  key: { batchId: string; orderPrefix: string },
  firstPosition: number,
  accepted: AcceptedRecipient[],
  place: (country: string | null) => { account: ImportAccount; chunk: number },
  onSent: () => void,
): Promise<number> {
  const lines = new Map<string, string[]>();
  for (const [index, recipient] of accepted.entries()) {
    const position = firstPosition + index;
    const { account, chunk } = place(recipient.country);
    const orderId = firstOrderId(key.orderPrefix, position);
    const line = `${key.batchId}\t${position}\t${chunk}\t${orderId}\t${recipient.number}\t${recipient.source}\t${recipient.line}\t${recipient.country ?? NULL}\n`;
    const own = lines.get(account.provider);
    if (own) own.push(line);
    else lines.set(account.provider, [line]);
  }
  const columns = 'batch_id, position, chunk, order_id, recipient_number, source, line, country';
  const tables = [...lines];
  let stored = 0;
  for (const [index, [provider, own]] of tables.entries()) {
    const isLast = index === tables.length - 1;
    stored += await copy(
      trx,
      `copy ${detailTable(provider)} (${columns}) from stdin`,
      own,
      isLast ? onSent : undefined,
    );
  }
  if (tables.length === 0) onSent();
  return stored;
}

/** Their ids keep the order in which they were read. Returns how many the database has stored. */
export async function copyRejected(
  trx: Knex.Transaction,
  batchId: string,
  rejected: RejectedRow[],
): Promise<number> {
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
  return copy(trx, `copy sms_rejected_recipient (${columns}) from stdin`, lines);
}

/** Deletes all that an earlier import of the list has stored. */
export async function clearRecipients(trx: Knex.Transaction, batchId: string): Promise<void> {
  for (const provider of await listProviders(trx, batchId)) {
    await trx(detailTable(provider)).where({ batch_id: batchId }).delete();
  }
  for (const table of ['sms_rejected_recipient', 'sms_submission', 'sms_batch_account']) {
    await trx(table).where({ batch_id: batchId }).delete();
  }
}

/**
 * Locks the import of a batch until the transaction ends. Returns false where another transaction imports it, or where
 * the import is over. The status is read after the lock is taken: another import may have ended in between, and the
 * batch may have been started.
 */
export async function lockForImport(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  if (!(await keepFromImport(trx, batchId))) return false;
  return (await trx('sms_batch').where({ id: batchId, status: 'importing' }).first('id')) !== undefined;
}

/**
 * Until the transaction ends, no import of the batch begins. Returns false, and locks nothing, where one runs: what it stores
 * is there only once it has ended.
 */
export async function keepFromImport(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  const { rows } = await trx.raw(
    `select pg_try_advisory_xact_lock(hashtext('bulk_sms import'), ?::int) as locked`,
    [Number(batchId) % 2_147_483_647],
  );
  return rows[0].locked;
}

/**
 * The lists of one person are read one after the other, so that they hold up nobody else. Returns false where another is
 * being read, also by another process; else none is until the transaction ends.
 */
export async function takeTurn(trx: Knex.Transaction, userId: string): Promise<boolean> {
  const { rows } = await trx.raw(
    `select pg_try_advisory_xact_lock(hashtext('bulk_sms import of a person'), hashtext(?)) as locked`,
    [userId],
  );
  return rows[0].locked;
}

async function copy(
  trx: Knex.Transaction,
  statement: string,
  lines: string[],
  onSent = () => {},
): Promise<number> {
  if (lines.length === 0) {
    onSent();
    return 0;
  }
  // Knex has no COPY. Inside a transaction this returns the transaction's own connection.
  const client = (await trx.client.acquireConnection()) as PoolClient;
  const into = client.query(copyFrom(statement));
  into.write(lines.join(''), onSent);
  into.end();
  await finished(into);
  return into.rowCount;
}

/** COPY's text format escapes backslash, tab and line ends. Postgres cannot store a NUL, so it is removed. */
function escapeField(text: string): string {
  return text
    .replaceAll('\0', '')
    .replace(
      /[\\\t\n\r]/g,
      (character) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[character] ?? '',
    );
}
