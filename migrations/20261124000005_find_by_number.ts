import type { Knex } from 'knex';

/**
 * The same promise, one number once in a batch, with the number first: every text to a number is found by the
 * index that is kept anyway. A second index would make the fill of every list slower; this one costs it locality
 * alone, since a list's numbers fall all over the index instead of into one stretch of it.
 */
const TABLE = 'sms_batch_buka_detail';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable(TABLE, (table) => {
    table.unique(['recipient_number', 'batch_id']);
    table.dropUnique(['batch_id', 'recipient_number']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable(TABLE, (table) => {
    table.unique(['batch_id', 'recipient_number']);
    table.dropUnique(['recipient_number', 'batch_id']);
  });
}
