import type { Knex } from 'knex';

/**
 * Accounts get an id of their own: a workspace may have several, at several providers, and one batch may be sent through
 * more than one of them. The account of a chunk stands on its submissions.
 */
export async function up(knex: Knex): Promise<void> {
  await makeAccounts(knex);
  await makePersonSubAccounts(knex);
  await makeRoutes(knex);
  await makeBatchAccounts(knex);
  await nameAccountsOfSubmissions(knex);
  await knex.schema.alterTable('webhook_inbox', (table) => {
    /** The accounts whose secrets prove the webhook. Null where the provider signs nothing. */
    table.specificType('account_ids', 'bigint[]');
  });
  await knex.schema.alterTable('sms_batch', (table) => {
    /** The choice of the person or program that made the batch. Null: rules by country, then the default account. */
    table.bigint('account_id');
    ofOwnWorkspace(table);
    /** The provider of that account; null where the workspace has none. */
    table.setNullable('channel');
    table.dropColumns('poll_after_chunk', 'poll_after_id');
  });
}

/**
 * Credentials are one sealed text, and only their provider knows what is in it. A former row keeps in `settings` what is
 * not secret in it, until its bot starts and seals all of it anew.
 */
async function makeAccounts(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tenant_channel_config rename to provider_account;
    alter table provider_account drop constraint tenant_channel_config_pkey;
    alter table provider_account rename constraint tenant_channel_config_tenant_id_foreign
      to provider_account_tenant_id_foreign;
    alter table provider_account rename column api_secret_encrypted to credentials_encrypted;
    alter table provider_account rename column app_id to sub_account`);
  await knex.schema.alterTable('provider_account', (table) => {
    table.bigIncrements('id');
    table.text('name').notNullable().defaultTo('default');
    /** The account of a recipient whose batch names none and whose country has no rule. */
    table.boolean('is_default').notNullable().defaultTo(false);
    table.jsonb('settings').notNullable().defaultTo('{}');
    table.unique(['tenant_id', 'channel', 'name']);
    /** What `ofOwnWorkspace` points at. */
    table.unique(['tenant_id', 'id']);
  });
  await knex.raw(`
    update provider_account set is_default = true,
      settings = jsonb_build_object('baseUrl', base_url, 'apiKey', api_key);
    create unique index provider_account_one_default on provider_account (tenant_id) where is_default`);
  await knex.schema.alterTable('provider_account', (table) => table.dropColumns('base_url', 'api_key'));
}

/** The part of an account that one person sends with. */
async function makePersonSubAccounts(knex: Knex): Promise<void> {
  await knex.schema.createTable('person_sub_account', (table) => {
    table.bigint('user_id').notNullable().references('app_user.id');
    table.bigint('account_id').notNullable().references('provider_account.id');
    table.text('sub_account').notNullable();
    table.primary(['user_id', 'account_id']);
  });
  await knex.raw(`
    insert into person_sub_account (user_id, account_id, sub_account)
    select config.user_id, account.id, config.app_id from user_channel_config as config
    join app_user as person on person.id = config.user_id
    join provider_account as account on account.tenant_id = person.tenant_id and account.channel = config.channel`);
  await knex.schema.dropTable('user_channel_config');
}

/** A rule: recipients of this country are sent to through this account. */
async function makeRoutes(knex: Knex): Promise<void> {
  await knex.schema.createTable('account_route', (table) => {
    table.bigint('tenant_id').notNullable().references('tenant.id');
    table.specificType('country', 'char(2)').notNullable();
    table.bigint('account_id').notNullable();
    table.primary(['tenant_id', 'country']);
    ofOwnWorkspace(table);
  });
}

/** The account of a row is one of the row's own workspace. */
function ofOwnWorkspace(table: Knex.TableBuilder): void {
  table.foreign(['tenant_id', 'account_id']).references(['tenant_id', 'id']).inTable('provider_account');
}

/** The accounts that a batch uses, and how far its tracking has come at each. */
async function makeBatchAccounts(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_batch_account', (table) => {
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.bigint('account_id').notNullable().references('provider_account.id');
    table.integer('poll_after_chunk').notNullable().defaultTo(0);
    table.bigint('poll_after_id').notNullable().defaultTo(0);
    table.timestamp('polled_at');
    /** When the last delivery report of a text that it sent came. */
    table.timestamp('reported_at');
    table.primary(['batch_id', 'account_id']);
  });
  await knex.raw(`
    insert into sms_batch_account (batch_id, account_id, poll_after_chunk, poll_after_id, polled_at, reported_at)
    select batch.id, account.id, batch.poll_after_chunk, batch.poll_after_id, batch.checked_at, batch.reported_at
    from sms_batch as batch
    join provider_account as account on account.tenant_id = batch.tenant_id and account.channel = batch.channel`);
}

/** Whose limits a request counts against, and as what it was sent. */
async function nameAccountsOfSubmissions(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_submission', (table) => {
    table.bigint('account_id').references('provider_account.id');
    /** Null before it is claimed, and for requests of a version that did not store it. */
    table.text('sub_account');
    /** When outcomes of an open submission were last recorded: one of many requests is open for longer than a call. */
    table.timestamp('recorded_at');
    table.index(['account_id', 'started_at']);
    /** Submissions of the chunk before it that were rejected without any text accepted, one after the other. */
    table.smallint('rejected_in_a_row').notNullable().defaultTo(0);
  });
  await knex.raw(`
    update sms_submission as submission set account_id = known.account_id
    from sms_batch_account as known where known.batch_id = submission.batch_id`);
  // The version before deleted the submissions that were never begun when a text was refused. Without them, nothing would
  // say through which account these recipients can be sent to again. They may stay on the way back.
  await knex.raw(`
    insert into sms_submission (batch_id, chunk, account_id, attempt, size, outcome, reason, started_at, finished_at)
    select batch.id, failed.chunk, known.account_id, 1, count(*), 'rejected', batch.reason_detail, batch.moved_at,
      batch.moved_at
    from sms_batch as batch
    join sms_batch_account as known on known.batch_id = batch.id
    join sms_batch_buka_detail as failed on failed.batch_id = batch.id and failed.status = 'failed'
    where batch.reason = 'content' and not exists (
      select 1 from sms_submission as begun where begun.batch_id = batch.id and begun.chunk = failed.chunk)
    group by batch.id, failed.chunk, known.account_id`);
}

/**
 * A workspace goes back to one account at each provider, and finished batches forget through which they were sent. That no
 * other batch needs a second account was checked before (20261130000006_jobs). Credentials that this version has sealed are
 * saved anew by the former version's start.
 */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('webhook_inbox', (table) => table.dropColumn('account_ids'));
  await knex.schema.alterTable('sms_submission', (table) => {
    table.dropColumns('account_id', 'sub_account', 'recorded_at', 'rejected_in_a_row');
  });
  await restoreBatches(knex);
  await knex.schema.dropTable('account_route');
  await restorePersons(knex);
  await restoreAccounts(knex);
}

async function restoreBatches(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch', (table) => {
    table.dropColumn('account_id');
    table.integer('poll_after_chunk').notNullable().defaultTo(0);
    table.bigint('poll_after_id').notNullable().defaultTo(0);
  });
  await knex.raw(`
    update sms_batch as batch set poll_after_chunk = used.poll_after_chunk, poll_after_id = used.poll_after_id
    from (select distinct on (batch_id) * from sms_batch_account order by batch_id, account_id) as used
    where used.batch_id = batch.id`);
  await knex.schema.dropTable('sms_batch_account');
  await knex('sms_batch').whereNull('channel').update({ channel: 'onbuka' });
  await knex.schema.alterTable('sms_batch', (table) => table.dropNullable('channel'));
}

async function restorePersons(knex: Knex): Promise<void> {
  await knex.schema.createTable('user_channel_config', (table) => {
    table.bigint('user_id').notNullable().references('app_user.id');
    table.text('channel').notNullable();
    table.text('app_id').notNullable();
    table.primary(['user_id', 'channel']);
  });
  await knex.raw(`
    insert into user_channel_config (user_id, channel, app_id)
    select distinct on (user_id, channel) user_id, channel, own.sub_account
    from person_sub_account as own join provider_account as account on account.id = own.account_id
    order by user_id, channel, is_default desc, account.id`);
  await knex.schema.dropTable('person_sub_account');
}

async function restoreAccounts(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from provider_account as other using provider_account as kept
    where kept.tenant_id = other.tenant_id and kept.channel = other.channel
      and (kept.is_default, -kept.id) > (other.is_default, -other.id)`);
  await knex.schema.alterTable('provider_account', (table) => {
    table.text('base_url');
    table.text('api_key');
  });
  await knex.raw(`
    update provider_account set base_url = coalesce(settings ->> 'baseUrl', ''), api_key = coalesce(settings ->> 'apiKey', '');
    drop index provider_account_one_default;
    alter table provider_account drop constraint provider_account_tenant_id_channel_name_unique;
    alter table provider_account drop column id, drop column name, drop column is_default, drop column settings;
    alter table provider_account rename column credentials_encrypted to api_secret_encrypted;
    alter table provider_account rename column sub_account to app_id;
    alter table provider_account rename constraint provider_account_tenant_id_foreign
      to tenant_channel_config_tenant_id_foreign;
    alter table provider_account rename to tenant_channel_config;
    alter table tenant_channel_config alter column base_url set not null, alter column api_key set not null;
    alter table tenant_channel_config add constraint tenant_channel_config_pkey primary key (tenant_id, channel)`);
}
