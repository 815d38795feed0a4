import type { Knex } from 'knex';

/** Jobs whose process died are counted, and put aside after a few deaths. Operators act by themselves (`npm run manage`). */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('job_death', (table) => {
    /** The name of the job's kind and a hash of what it carries: it stays the same when the job is enqueued anew. */
    table.text('job').notNullable();
    /** Under which name the process had taken it. A process counts once, and one that comes back counts no more. */
    table.text('worker').notNullable();
    /** Its row in the queue, which goes when a run ends: then its deaths are forgotten. */
    table.bigint('job_id').notNullable();
    table.timestamp('died_at').notNullable().defaultTo(knex.fn.now());
    table.primary(['job', 'worker']);
  });
  await knex.schema.createTable('dead_job', (table) => {
    table.bigIncrements('id');
    table.text('name').notNullable();
    table.text('key');
    table.jsonb('payload').notNullable();
    table.integer('priority').notNullable();
    table.bigint('tenant_id').references('tenant.id').onDelete('CASCADE');
    table.bigint('batch_id').references('sms_batch.id').onDelete('CASCADE');
    table.integer('deaths').notNullable();
    table.timestamp('put_aside_at').notNullable().defaultTo(knex.fn.now());
    /** When it runs again by itself. Null: when an operator says so. */
    table.timestamp('retry_at');
    table.index('key');
    table.index('batch_id');
  });
  await allowActors(knex, ['person', 'api_key', 'system', 'operator']);
}

export async function down(knex: Knex): Promise<void> {
  await knex('audit_event').where({ actor: 'operator' }).update({ actor: 'system' });
  await allowActors(knex, ['person', 'api_key', 'system']);
  await knex.schema.dropTable('dead_job');
  await knex.schema.dropTable('job_death');
}

async function allowActors(knex: Knex, actors: string[]): Promise<void> {
  await knex.schema.alterTable('audit_event', (table) => table.dropChecks('audit_event_actor_known'));
  const known = actors.map((actor) => `'${actor}'`).join(', ');
  await knex.raw(
    `alter table audit_event add constraint audit_event_actor_known check (actor in (${known}))`,
  );
}
