import type { Knex } from 'knex';

/** Costs that no text has are told to people: they are in no sum. */
export async function up(knex: Knex): Promise<void> {
  // A table of its own: such texts are few, and the tables of recipients stay as they are.
  await knex.schema.createTable('sms_implausible_cost', (table) => {
    /** Of the text, or of a former send attempt. A report that comes again is one row. */
    table.string('order_id', 50).primary();
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.index('batch_id');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('sms_implausible_cost');
}
