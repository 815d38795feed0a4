import type { Knex } from 'knex';

/**
 * Open drafts are counted and expire, and the list of a draft that was never sent is deleted. Both are found by indexes
 * that hold those few batches alone.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => {
    /** The API key that made it; null: a person did. */
    table.bigint('key_id');
    /** When the list of a draft that was discarded or has expired was deleted. */
    table.timestamp('list_deleted_at');
  });
  await knex.raw(`
    create index sms_batch_open_draft on sms_batch (tenant_id, user_id)
      where started_at is null and status in ('draft', 'importing', 'ready');
    create index sms_batch_unsent_list on sms_batch (id)
      where started_at is null and status = 'cancelled' and list_deleted_at is null;
    create index sms_rejected_recipient_read on sms_rejected_recipient (batch_id, id)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index sms_rejected_recipient_read, sms_batch_unsent_list, sms_batch_open_draft');
  await knex.schema.alterTable('sms_batch', (table) => {
    table.dropColumn('list_deleted_at');
    table.dropColumn('key_id');
  });
}
