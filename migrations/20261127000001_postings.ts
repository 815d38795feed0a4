import type { Knex } from 'knex';

/**
 * A message to Slack that was begun and of which nobody has written down yet that it stands. The row is committed
 * before the post and deleted with the record of it, so that one left over says: look for it before posting again.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_batch_posting', (table) => {
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table
      .text('kind')
      .notNullable()
      .checkIn(['report', 'completion', 'attention', 'review'], 'sms_batch_posting_kind_known');
    /** Travels in the message's metadata: by it the message is found. */
    table.uuid('id').notNullable().defaultTo(knex.fn.uuid());
    table.text('slack_channel_id').notNullable();
    table.text('slack_thread_ts');
    table.timestamp('begun_at').notNullable().defaultTo(knex.fn.now());
    table.primary(['batch_id', 'kind']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('sms_batch_posting');
}
