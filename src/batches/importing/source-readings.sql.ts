import type { Knex } from 'knex';
import type { ReadingChoice } from '../../recipients/recipient';
import type { SourceReading } from '../batch';

/** How many rows of each kind the database has stored of a source. */
export interface StoredCounts {
  accepted: number;
  rejected: number;
}

/**
 * How a source was read. The counts of accepted and rejected entries are the database's own; a CHECK compares them with
 * the entries that were read, and rejects a reading that has lost somebody.
 */
export async function saveReading(
  trx: Knex.Transaction,
  batchId: string,
  ordinal: number,
  reading: SourceReading,
  stored: StoredCounts,
): Promise<void> {
  const { rows, headings, entries } = reading.findings;
  await trx('sms_batch_source')
    .where({ batch_id: batchId, ordinal })
    .update({
      reading: JSON.stringify(reading),
      row_count: rows,
      heading_count: headings,
      entry_count: entries,
      accepted_count: stored.accepted,
      rejected_count: stored.rejected,
    });
}

/** What a person decided about the reading of a source, added to what was decided before. */
export async function addToChoice(
  trx: Knex.Transaction,
  batchId: string,
  ordinal: number,
  choice: ReadingChoice,
): Promise<void> {
  // A column of countries is one of its sheet.
  const former = `case when :sheet::text is null or choice ->> 'sheet' is not distinct from :sheet::text
    then choice else choice - 'countryColumn' end`;
  const values = {
    sheet: choice.sheet === undefined ? null : String(choice.sheet),
    choice: JSON.stringify(choice),
  };
  await trx('sms_batch_source')
    .where({ batch_id: batchId, ordinal })
    .update({ choice: trx.raw(`${former} || :choice::jsonb`, values) });
}
