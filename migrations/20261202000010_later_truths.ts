import type { Knex } from 'knex';

/**
 * What a provider says later than our tables know: corrections, contradictions, and whether it could be asked at all. What
 * a text was sent with is kept with it. The version before runs on with these tables: all that is new may be empty.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_submission', (table) => {
    /** Where it was sent, as its provider names the place. Null for those of a version that did not store it. */
    table.text('address');
  });
  await knex.schema.alterTable('sms_batch_account', (table) => {
    /** The last time the provider was asked for its records of all uncertain texts, and told them whole. */
    table.timestamp('records_answered_at');
    /** Why it did not, the last time; null where it did. The provider's code, or ours. */
    table.text('records_unanswered');
  });
  await makeIdsUniqueInAccounts(knex);
  await knex.raw(readAllOf([...COLUMNS, 'account_id']));
  await knex.raw('select sms_read_all_details()');
  await makeOutcomeChanges(knex);
  await knex.raw(`
    alter table sms_batch drop constraint sms_batch_alert_known;
    alter table sms_batch add constraint sms_batch_alert_known
      check (alert in ('paused', 'failed', 'stalled', 'uncertain', 'unanswered'))`);
}

/** Those that the view over all tables of recipients had until now. */
const COLUMNS =
  'id, batch_id, position, chunk, message_id, order_id, provider_message_id, recipient_number, source, line, status, submission_id, attempt, failure_reason, cost, currency, created_at, updated_at, settled_by, segments_charged, country, settled_at'.split(
    ', ',
  );

/** The function that makes the view anew whenever there is one more table, with these columns. */
const readAllOf = (columns: string[]) => `
  create or replace function sms_read_all_details() returns void language plpgsql as $$
  begin
    execute 'create or replace view sms_batch_recipient as ' || (
      select string_agg(
        format('select %L::text as channel, ${columns.join(', ')} from %I', channel, table_name),
        ' union all ' order by channel)
      from sms_detail_table);
  end $$`;

/** Two accounts may give the same ids: each counts in its own. A former row has no account here, and stays as it is. */
async function makeIdsUniqueInAccounts(knex: Knex): Promise<void> {
  for (const table of await listDetailTables(knex)) {
    await knex.raw(
      `alter table :table: add column account_id bigint;
       drop index :former:;
       create unique index :index: on :table: (provider_message_id, account_id)
         where provider_message_id is not null`,
      { table, former: `${table}_provider_message_id_idx`, index: `${table}_message_of_account` },
    );
  }
}

/** A provider has said of a send attempt what contradicts its known outcome: both stay. */
async function makeOutcomeChanges(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_outcome_change', (table) => {
    table.bigIncrements('id');
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.text('recipient_number').notNullable();
    table.smallint('attempt').notNullable();
    table.string('order_id', 50).notNullable();
    table.text('was_status').notNullable();
    table.text('was_reason');
    table.text('was_by');
    table.timestamp('was_at').notNullable();
    table.text('said_status').notNullable();
    table.text('said_reason');
    table.text('said_by').notNullable();
    table.timestamp('said_at').notNullable().defaultTo(knex.fn.now());
    /** The same said again is one row. */
    table.unique(['order_id', 'said_status']);
    table.index(['batch_id', 'recipient_number']);
  });
  await knex.raw(`
    alter table sms_outcome_change add constraint sms_outcome_change_known check (
      (was_status, said_status) in (('failed', 'delivered'), ('delivered', 'failed')))`);
}

async function listDetailTables(knex: Knex): Promise<string[]> {
  return knex('sms_detail_table').orderBy('table_name').pluck('table_name');
}

/** Not undone where two accounts have given the same id: the version before could tell only one of them. */
export async function down(knex: Knex): Promise<void> {
  await knex('sms_batch').where({ alert: 'unanswered' }).update({ alert: null });
  await knex.raw(`
    alter table sms_batch drop constraint sms_batch_alert_known;
    alter table sms_batch add constraint sms_batch_alert_known
      check (alert in ('paused', 'failed', 'stalled', 'uncertain'))`);
  await knex.schema.dropTable('sms_outcome_change');
  await knex.raw('drop view sms_batch_recipient');
  for (const table of await listDetailTables(knex)) {
    await knex.raw(
      `drop index :index:;
       create unique index :former: on :table: (provider_message_id) where provider_message_id is not null;
       alter table :table: drop column account_id`,
      { table, former: `${table}_provider_message_id_idx`, index: `${table}_message_of_account` },
    );
  }
  await knex.raw(readAllOf(COLUMNS));
  await knex.raw('select sms_read_all_details()');
  await knex.schema.alterTable('sms_batch_account', (table) => {
    table.dropColumns('records_answered_at', 'records_unanswered');
  });
  await knex.schema.alterTable('sms_submission', (table) => table.dropColumn('address'));
}
