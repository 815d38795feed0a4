import type { Knex } from 'knex';

/**
 * Files of an export that are at Slack and about to be shared. The row is committed before that and deleted after it,
 * so that one left over says: look whether they are shared before the export is made and shared again.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_export_sharing', (table) => {
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.bigint('user_id').notNullable().references('app_user.id');
    table.text('part').notNullable().checkIn(['recipients', 'left_out'], 'sms_export_sharing_part_known');
    table.specificType('slack_file_ids', 'text[]').notNullable();
    table.primary(['batch_id', 'user_id', 'part']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('sms_export_sharing');
}
