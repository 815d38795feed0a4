import type { Knex } from 'knex';
import type { Review } from '../batch';

/** How far the reading of a batch's list has come, and what it waits for. */

/** How far reading has come. Seen at once: written outside the transaction that reads. */
export async function saveReadProgress(
  db: Knex,
  batchId: string,
  read: { bytes: number; rows: number },
): Promise<void> {
  await db('sms_batch')
    .where({ id: batchId, status: 'importing' })
    .update({ read_bytes: read.bytes, read_rows: read.rows });
}

/** Reading waits until a person has named the columns. */
export async function setColumnQuestions(
  trx: Knex.Transaction,
  batchId: string,
  questions: Review['columnQuestions'],
): Promise<boolean> {
  const set = await trx('sms_batch')
    .where({ id: batchId, status: 'importing' })
    .update({ column_questions: JSON.stringify(questions), version: trx.raw('version + 1') });
  return set === 1;
}
