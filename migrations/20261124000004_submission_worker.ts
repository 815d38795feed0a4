import type { Knex } from 'knex';

/** The process that sends a submission: when it is gone, its reply is lost (src/db/worker-liveness.ts). */
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
