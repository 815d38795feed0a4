import type { Knex } from 'knex';

/**
 * A post without a clear answer is tried again at growing intervals, so its tries are counted. A status message that Slack
 * no longer lets the bot change is followed by a new one: once, and once more whenever the batch has got another status.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slack_outbox', (table) => {
    table.integer('tries').notNullable().defaultTo(1);
  });
  await knex.schema.alterTable('slack_batch', (table) => {
    /** The batch's status when a status message followed one that cannot be changed. */
    table.text('followed_at_status');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slack_outbox', (table) => table.dropColumn('tries'));
  await knex.schema.alterTable('slack_batch', (table) => table.dropColumn('followed_at_status'));
}
