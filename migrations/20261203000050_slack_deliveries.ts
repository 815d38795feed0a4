import type { Knex } from 'knex';

/** What Slack delivered in the last minutes, so that the same request delivered again does nothing twice. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('slack_delivery', (table) => {
    /** A hash of the request's signature, or of the id of its envelope. */
    table.text('id').primary();
    table.timestamp('begun_at').notNullable().defaultTo(knex.fn.now()).index();
    /** When Slack had its answer; null while a form is being handled. */
    table.timestamp('answered_at');
    /** What a form was answered; null where nothing, or where it is not kept. */
    table.jsonb('answer');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('slack_delivery');
}
