import type { Knex } from 'knex';

/** Who acts: until now all were people, and a submit key was unique in the whole workspace. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('audit_event', (table) => {
    table
      .text('actor')
      .notNullable()
      .defaultTo('person')
      .checkIn(['person', 'api_key', 'system'], 'audit_event_actor_known');
    /** The key of an `api_key`; `user_id` is who made it. */
    table.bigint('key_id');
  });
  // Two people who choose the same key get a draft each.
  await knex.schema.alterTable('sms_batch', (table) => {
    table.dropUnique(['tenant_id', 'submit_key']);
    table.unique(['tenant_id', 'user_id', 'submit_key']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => {
    table.dropUnique(['tenant_id', 'user_id', 'submit_key']);
  });
  // The oldest batch of a key keeps it: a modal that is delivered once more after that finds its batch.
  await knex.raw(`
    update sms_batch as newer set submit_key = submit_key || ':' || id where exists (
      select 1 from sms_batch as older
      where older.tenant_id = newer.tenant_id and older.submit_key = newer.submit_key and older.id < newer.id)`);
  await knex.schema.alterTable('sms_batch', (table) => table.unique(['tenant_id', 'submit_key']));
  await knex.schema.alterTable('audit_event', (table) => table.dropColumns('actor', 'key_id'));
}
