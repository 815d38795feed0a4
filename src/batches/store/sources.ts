import type { Knex } from 'knex';
import type { ReadingChoice } from '../../recipients/recipient';
import type { SourceReading } from '../batch';
import type { DraftSource } from '../draft-input';

/** A row of `sms_batch_source`: a file or the pasted numbers of a draft. */
export interface Source {
  ordinal: number;
  /** Null for pasted numbers. */
  origin: string | null;
  ref: string | null;
  name: string | null;
  size_bytes: string;
  pasted_text: string | null;
  choice: ReadingChoice;
  /** Null until it is read. */
  reading: SourceReading | null;
}

/** Their ordinals 0, 1, … are the `source` of recipients and rejected rows. */
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
            origin: source.origin,
            ref: source.ref,
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

/**
 * After the decision about a draft the pasted text and the examples of the columns are not needed any more. They contain
 * phone numbers.
 */
export async function forgetListSamples(trx: Knex.Transaction, batchId: string): Promise<void> {
  await trx('sms_batch_source')
    .where({ batch_id: batchId })
    .update({ pasted_text: null, reading: trx.raw(`jsonb_set(reading, '{layout,columns}', '[]')`) });
}
