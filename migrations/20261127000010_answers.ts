import type { Knex } from 'knex';

/**
 * Answers that take a while and come to the person who asked: exports and comparisons, each under a name of its own.
 * A row that is left over says: look for the message, or whether the files are shared, before doing it again.
 */
export async function up(knex: Knex): Promise<void> {
  /** As `sms_batch_posting`, for a message that is no batch's. */
  await knex.schema.createTable('sms_answer_posting', (table) => {
    table.text('answer').primary();
    table.uuid('id').notNullable().defaultTo(knex.fn.uuid());
    table.text('slack_channel_id').notNullable();
    table.text('slack_thread_ts');
    table.timestamp('begun_at').notNullable().defaultTo(knex.fn.now());
  });
  /** Files that are at Slack and about to be shared. */
  await knex.schema.createTable('sms_answer_sharing', (table) => {
    table.text('answer').primary();
    table.specificType('slack_file_ids', 'text[]').notNullable();
  });
  await knex.raw(`
    insert into sms_answer_sharing (answer, slack_file_ids)
    select concat_ws(':', 'export', batch_id, part, user_id), slack_file_ids from sms_export_sharing`);
  await knex.schema.dropTable('sms_export_sharing');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_export_sharing', (table) => {
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.bigint('user_id').notNullable().references('app_user.id');
    table.text('part').notNullable().checkIn(['recipients', 'left_out'], 'sms_export_sharing_part_known');
    table.specificType('slack_file_ids', 'text[]').notNullable();
    table.primary(['batch_id', 'user_id', 'part']);
  });
  await knex.schema.dropTable('sms_answer_sharing');
  await knex.schema.dropTable('sms_answer_posting');
}
