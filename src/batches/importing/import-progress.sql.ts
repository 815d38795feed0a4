import type { Knex } from 'knex';
import type { ColumnQuestion } from '../batch';

/** Progress of an import. Written outside the import's transaction, so that people see it at once. */
export async function saveReadProgress(
  db: Knex,
  batchId: string,
  read: { bytes: number; rows: number },
): Promise<void> {
  await db('sms_batch')
    .where({ id: batchId, status: 'importing' })
    .update({ read_bytes: read.bytes, read_rows: read.rows });
}

/** The import waits until a person names the columns. Returns false where the import is over. */
export async function setColumnQuestions(
  trx: Knex.Transaction,
  batchId: string,
  questions: ColumnQuestion[],
): Promise<boolean> {
  const set = await trx('sms_batch')
    .where({ id: batchId, status: 'importing' })
    .update({ column_questions: JSON.stringify(questions), version: trx.raw('version + 1') });
  return set === 1;
}
