import type { Knex } from 'knex';
import type { DraftSource } from '../batch';

/** All SQL on `sms_batch_source`: the files and the pasted numbers of a draft. */

export interface Source {
  ordinal: number;
  slack_file_id: string | null;
  name: string | null;
  size_bytes: string;
  pasted_text: string | null;
  phone_column: number | null;
}

/** Their ordinals, 0, 1, …, are what recipients and rejected rows name as their `source`. */
export async function insertSources(
  trx: Knex.Transaction,
  batchId: string,
  sources: DraftSource[],
): Promise<void> {
  await trx('sms_batch_source').insert(
    sources.map((source, ordinal) =>
      source.kind === 'file'
        ? {
            batch_id: batchId,
            ordinal,
            slack_file_id: source.slackFileId,
            name: source.name,
            size_bytes: source.sizeBytes,
          }
        : {
            batch_id: batchId,
            ordinal,
            pasted_text: source.text,
            size_bytes: Buffer.byteLength(source.text),
          },
    ),
  );
}

/** In the order in which they are read. */
export async function listSources(db: Knex, batchId: string): Promise<Source[]> {
  return db('sms_batch_source').where({ batch_id: batchId }).orderBy('ordinal');
}

/** A person has said which column holds the numbers; from 0. */
export async function setPhoneColumn(
  trx: Knex.Transaction,
  batchId: string,
  ordinal: number,
  column: number,
): Promise<void> {
  await trx('sms_batch_source').where({ batch_id: batchId, ordinal }).update({ phone_column: column });
}

/** Once a draft is decided on, the text somebody pasted is of no more use: it holds numbers. */
export async function forgetPastedText(trx: Knex.Transaction, batchId: string): Promise<void> {
  await trx('sms_batch_source').where({ batch_id: batchId }).update({ pasted_text: null });
}
