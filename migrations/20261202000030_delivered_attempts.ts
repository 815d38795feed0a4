import type { Knex } from 'knex';

/** Few replaced send attempts are delivered. Each change of a batch asks for those, so they are found without the others. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `create index sms_send_attempt_delivered on sms_send_attempt (batch_id) where status = 'delivered'`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index sms_send_attempt_delivered');
}
