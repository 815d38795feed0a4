import type { Knex } from 'knex';

/** Admins block a person: who is blocked may do and see nothing. Exports are counted a person. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('app_user', (table) => {
    /** Since when the person may do and see nothing; null: they may. */
    table.timestamp('blocked_at');
    /** The admin; null where an operator did. */
    table.bigint('blocked_by').references('app_user.id');
  });
  await knex.raw(`
    create index app_user_blocked on app_user (tenant_id) where blocked_at is not null;
    create index audit_event_made_files on audit_event (tenant_id, at)
      where action in ('batch.export', 'provider.compare')`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index audit_event_made_files, app_user_blocked');
  await knex.schema.alterTable('app_user', (table) => {
    table.dropColumn('blocked_by');
    table.dropColumn('blocked_at');
  });
}
