import type { Knex } from 'knex';

/**
 * 1, and one more each time a person sends again to some of a batch. The buttons that do so carry the round they were
 * shown in, so that the second of two people who press the same one does not send a third time.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => {
    table.integer('round').notNullable().defaultTo(1);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => table.dropColumn('round'));
}
