import type { Knex } from 'knex';

/** What a person was told a batch would cost when they pressed Send: what it has cost is shown beside it. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => {
    table.jsonb('cost_estimate');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => table.dropColumn('cost_estimate'));
}
