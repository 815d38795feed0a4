import type { Knex } from 'knex';

/** How far a round of asking has come within a chunk, and how slowly a provider wants to be asked. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => {
    table.bigint('poll_after_id').notNullable().defaultTo(0);
  });
  await knex.schema.alterTable('rate_gate', (table) => {
    /** Slots are at least so far apart; 0: as far as whoever takes one says. */
    table.double('pace_ms').notNullable().defaultTo(0);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('rate_gate', (table) => table.dropColumn('pace_ms'));
  await knex.schema.alterTable('sms_batch', (table) => table.dropColumn('poll_after_id'));
}
