import type { Knex } from 'knex';

/**
 * What a person has asked for and takes long: an export, a comparison. A row is there from the question to the end of its
 * job, so that the same question is not worked on twice, nobody has more of them than a few, and each can be stopped.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('long_request', (table) => {
    /** The id in the payload of its job. */
    table.text('id').primary();
    table.text('kind').notNullable();
    table.bigint('tenant_id').notNullable().references('tenant.id').onDelete('CASCADE');
    /** Who asked. */
    table.bigint('user_id').notNullable().references('app_user.id').onDelete('CASCADE');
    table.bigint('batch_id').references('sms_batch.id').onDelete('CASCADE').index();
    /** What exactly was asked for: equal for equal questions of one person. */
    table.text('subject').notNullable();
    table.timestamp('asked_at').notNullable().defaultTo(knex.fn.now());
    /** When its job began for the first time. */
    table.timestamp('started_at');
    table.timestamp('stop_asked_at');
    /** Who stopped it; null too where the operator did, who is no user. */
    table.bigint('stopped_by').references('app_user.id').onDelete('SET NULL');
    table.unique(['user_id', 'kind', 'subject']);
    table.index(['tenant_id']);
    table.check(`kind in ('export', 'comparison')`, [], 'long_request_kind');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('long_request');
}
