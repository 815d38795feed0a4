import type { Knex } from 'knex';

/** Workspaces, their people, and how each may send. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('tenant', (table) => {
    table.bigIncrements('id');
    table.text('slack_team_id').notNullable().unique();
    table.text('name').notNullable();
    table.text('locale').notNullable().defaultTo('en-US');
    /** False once the workspace has refused a chart block. */
    table.boolean('charts_supported').notNullable().defaultTo(true);
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });

  await knex.schema.createTable('app_user', (table) => {
    table.bigIncrements('id');
    table.bigint('tenant_id').notNullable().references('tenant.id');
    table.text('slack_user_id').notNullable();
    table.text('locale').notNullable();
    table.text('time_zone').notNullable();
    table.text('role').notNullable().checkIn(['admin', 'member', 'guest'], 'app_user_role_known');
    table.timestamp('seen_at').notNullable().defaultTo(knex.fn.now());
    table.unique(['tenant_id', 'slack_user_id']);
  });

  await knex.schema.createTable('tenant_channel_config', (table) => {
    table.bigint('tenant_id').notNullable().references('tenant.id');
    table.text('channel').notNullable();
    table.text('base_url').notNullable();
    table.text('api_key').notNullable();
    table.text('api_secret_encrypted').notNullable();
    table.text('app_id').notNullable();
    table.text('sender_id');
    /** Requests to send that may be open at once, over all processes. */
    table.integer('max_open_requests').notNullable().defaultTo(16);
    table.integer('max_requests_per_second').notNullable().defaultTo(100);
    /** No request before then: the limit of requests a second, kept by whoever claims. */
    table.timestamp('next_request_at');
    /** The circuit breaker: unclear answers since the last clear one, and until when nothing is sent. */
    table.integer('unclear_in_a_row').notNullable().defaultTo(0);
    table.timestamp('held_until');
    table.primary(['tenant_id', 'channel']);
  });

  await knex.schema.createTable('user_channel_config', (table) => {
    table.bigint('user_id').notNullable().references('app_user.id');
    table.text('channel').notNullable();
    table.text('app_id').notNullable();
    table.primary(['user_id', 'channel']);
  });

  /** One row for each limit over all processes: see src/db/rate-limit.ts. Called rate_limit since 20261129000001. */
  await knex.schema.createTable('rate_gate', (table) => {
    table.text('key').primary();
    table.timestamp('next_at').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['rate_gate', 'user_channel_config', 'tenant_channel_config', 'app_user', 'tenant']) {
    await knex.schema.dropTable(table);
  }
}
