import type { Knex } from 'knex';

/** A pushed body that the database refuses is put aside, so that it holds up no other. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('webhook_inbox', (table) => {
    /** How often the database has refused it. It is tried again, more and more rarely. */
    table.integer('refusals').notNullable().defaultTo(0);
    /** Why, without any value of the body: an SQLSTATE, and a constraint where there is one. */
    table.text('fault');
  });
  await allowOutcomes(knex, [...FORMER, 'split', 'put_aside']);
  await knex.raw('create index webhook_inbox_refused on webhook_inbox (received_at) where refusals > 0');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`update webhook_inbox set outcome = 'unreadable' where outcome in ('split', 'put_aside')`);
  await allowOutcomes(knex, FORMER);
  await knex.raw('drop index webhook_inbox_refused');
  await knex.schema.alterTable('webhook_inbox', (table) => table.dropColumns('refusals', 'fault'));
}

const FORMER = ['applied', 'unmatched', 'disagrees', 'unreadable'];

async function allowOutcomes(knex: Knex, outcomes: string[]): Promise<void> {
  const list = outcomes.map((one) => `'${one}'`).join(', ');
  await knex.raw(
    `alter table webhook_inbox drop constraint webhook_inbox_outcome_known,
       add constraint webhook_inbox_outcome_known check (outcome in (${list}))`,
  );
}
