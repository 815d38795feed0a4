import type { Knex } from 'knex';

/** Which process has an attempt in its hands: when that is gone, so is the answer (src/db/presence.ts). */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_submission', (table) => {
    table.text('worker');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_submission', (table) => {
    table.dropColumn('worker');
  });
}
