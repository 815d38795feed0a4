import type { Knex } from 'knex';

/** Counts of one reading of a source: all there, or none. */
const COUNTS = ['row_count', 'heading_count', 'entry_count', 'accepted_count', 'rejected_count'];

/**
 * How each source of a list was read, what a person decided of it, and the sum that must hold: each row gives one or more
 * entries, and each entry is accepted or rejected. The database checks it, so that nobody on a list can vanish.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch_source', (table) => {
    /** `ReadingChoice` and `SourceReading` of the code. */
    table.jsonb('choice').notNullable().defaultTo('{}');
    table.jsonb('reading');
    for (const count of COUNTS) table.integer(count);
  });
  await knex.raw(`
    update sms_batch_source set choice = jsonb_build_object('phoneColumn', phone_column)
    where phone_column is not null`);
  await knex.schema.alterTable('sms_batch_source', (table) => table.dropColumn('phone_column'));
  await knex.raw(`
    alter table sms_batch_source
      add constraint sms_batch_source_counts_all_or_none
        check (num_nulls(${COUNTS.join(', ')}) in (0, ${COUNTS.length})),
      add constraint sms_batch_source_counts_add_up check (
        accepted_count + rejected_count = entry_count
        and entry_count >= row_count - heading_count
        and least(heading_count, accepted_count, rejected_count) >= 0)`);
  await knex.schema.alterTable('sms_batch', (table) => {
    /** Of all its sources; null until they are read, and in batches that an older version has read. */
    table.integer('entry_count');
    table.integer('rejected_count');
  });
  await knex.raw(`
    alter table sms_batch
      add constraint sms_batch_entries_add_up check (
        num_nulls(entry_count, rejected_count) = 2
        or (num_nulls(entry_count, rejected_count) = 0 and total_count + rejected_count = entry_count))`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => table.dropColumns('entry_count', 'rejected_count'));
  await knex.schema.alterTable('sms_batch_source', (table) => table.integer('phone_column'));
  await knex.raw(`
    update sms_batch_source set phone_column = (choice ->> 'phoneColumn')::int
    where jsonb_typeof(choice -> 'phoneColumn') = 'number'`);
  await knex.schema.alterTable('sms_batch_source', (table) =>
    table.dropColumns('choice', 'reading', ...COUNTS),
  );
}
