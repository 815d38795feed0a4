import type { Knex } from 'knex';

/**
 * What Slack shows of a batch moves from the batch to a table of the Slack door, and the three tables of what is about to
 * be posted become one. The batch itself says only that it changed (`version`), and what people must be told (`alert`).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('app_user', (table) => {
    table.renameColumn('slack_user_id', 'external_id');
  });
  await renameConstraint(knex, 'app_user', 'tenant_id_slack_user_id', 'tenant_id_external_id');
  await makeSlackBatch(knex);
  await makeOutbox(knex);
  await makeInstallation(knex);
  await narrowBatch(knex);
}

/** A batch that is shown in Slack, and what is shown of it there. */
async function makeSlackBatch(knex: Knex): Promise<void> {
  await knex.schema.createTable('slack_batch', (table) => {
    table.bigint('batch_id').primary().references('sms_batch.id').onDelete('CASCADE');
    table.text('channel_id').notNullable();
    table.text('message_ts');
    /** The modal that waits for the review. */
    table.text('view_id');
    table.text('review_channel_id');
    table.text('review_message_ts');
    /** The version of the batch that the status message shows, and a hash of the message. */
    table.integer('shown_version').notNullable().defaultTo(0);
    table.text('shown_hash');
    /** The round whose completion was announced. */
    table.integer('announced_round');
    /** The number of the latest alert that was posted. */
    table.integer('posted_alert').notNullable().defaultTo(0);
  });
  await knex.raw(`
    insert into slack_batch (batch_id, channel_id, message_ts, view_id, review_channel_id, review_message_ts,
      shown_version, shown_hash, announced_round, posted_alert)
    select id, slack_channel_id, slack_message_ts, slack_view_id, review_channel_id, review_message_ts,
      shown_version, shown_hash, case when notified_at is not null then round end,
      case when attention is not null and attention_told_at is not null then 1 else 0 end
    from sms_batch`);
}

/** What is about to be posted or shared in Slack, so that it happens once. A row is deleted with the record of it. */
async function makeOutbox(knex: Knex): Promise<void> {
  await knex.schema.createTable('slack_outbox', (table) => {
    table.text('key').primary();
    /** Carried in the metadata of the post. */
    table.uuid('id').notNullable().defaultTo(knex.fn.uuid());
    table.text('channel_id');
    table.text('thread_ts');
    /** Files that were uploaded and are about to be shared. */
    table.specificType('file_ids', 'text[]');
    table.timestamp('begun_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.raw(`
    insert into slack_outbox (key, id, channel_id, thread_ts, begun_at)
    select case kind when 'report' then 'status:' || batch_id
        when 'completion' then concat_ws(':', 'completion', batch_id, round)
        when 'attention' then concat_ws(':', 'alert', batch_id, 1)
        else 'review:' || batch_id end,
      posting.id, posting.slack_channel_id, posting.slack_thread_ts, posting.begun_at
    from sms_batch_posting as posting join sms_batch as batch on batch.id = posting.batch_id;
    insert into slack_outbox (key, id, channel_id, thread_ts, begun_at)
    select 'reply:' || answer, id, slack_channel_id, slack_thread_ts, begun_at from sms_answer_posting;
    insert into slack_outbox (key, file_ids) select 'files:' || answer, slack_file_ids from sms_answer_sharing`);
  for (const table of ['sms_batch_posting', 'sms_answer_posting', 'sms_answer_sharing']) {
    await knex.schema.dropTable(table);
  }
}

/** A workspace that has installed the bot. */
async function makeInstallation(knex: Knex): Promise<void> {
  await knex.schema.createTable('slack_installation', (table) => {
    table.bigint('tenant_id').primary().references('tenant.id');
    table.text('bot_token_encrypted').notNullable();
    table.text('app_id');
    table.text('bot_id').notNullable();
    table.text('bot_user_id').notNullable();
    table.text('bot_name').notNullable();
    /** Ends with a slash. */
    table.text('workspace_url').notNullable();
    table.timestamp('installed_at').notNullable().defaultTo(knex.fn.now());
  });
}

async function narrowBatch(knex: Knex): Promise<void> {
  await knex.raw('drop index sms_batch_open');
  await knex.schema.alterTable('sms_batch', (table) => {
    table.renameColumn('attention', 'alert');
    /** 1, and one more with each alert: whoever posts them knows by it which one was posted. */
    table.integer('alert_number').notNullable().defaultTo(0);
    table.timestamp('alert_raised_at');
  });
  await knex.raw(`
    alter table sms_batch rename constraint sms_batch_attention_known to sms_batch_alert_known;
    update sms_batch set alert_number = 1, alert_raised_at = coalesce(attention_told_at, moved_at) where alert is not null;
    update sms_batch set alert_raised_at = attention_told_at where alert is null and attention_told_at is not null`);
  await knex.schema.alterTable('sms_batch', (table) => {
    table.dropColumns(
      'slack_channel_id',
      'slack_message_ts',
      'slack_view_id',
      'review_channel_id',
      'review_message_ts',
      'shown_version',
      'shown_hash',
      'notified_at',
      'attention_told_at',
    );
  });
  // What the sweep looks at: everything that still moves, and nothing of the past.
  await knex.raw(`
    create index sms_batch_open on sms_batch (id) where status not in ('completed', 'cancelled', 'failed')`);
  // What Slack's side of the sweep looks at: the batches of the last months.
  await knex.raw('create index sms_batch_created on sms_batch (created_at)');
}

export async function down(knex: Knex): Promise<void> {
  await widenBatch(knex);
  await restoreOutbox(knex);
  for (const table of ['slack_outbox', 'slack_installation', 'slack_batch'])
    await knex.schema.dropTable(table);
  await renameConstraint(knex, 'app_user', 'tenant_id_external_id', 'tenant_id_slack_user_id');
  await knex.schema.alterTable('app_user', (table) => {
    table.renameColumn('external_id', 'slack_user_id');
  });
}

/**
 * The former code shows every batch in Slack: one that has no place there gets an empty one, which Slack refuses. When a
 * completion was announced is not known any more: the time of the completion takes its place.
 */
async function widenBatch(knex: Knex): Promise<void> {
  await knex.raw('drop index sms_batch_open');
  await knex.raw('drop index sms_batch_created');
  await knex.schema.alterTable('sms_batch', (table) => {
    table.renameColumn('alert', 'attention');
    table.text('slack_channel_id').notNullable().defaultTo('');
    table.text('slack_message_ts');
    table.text('slack_view_id');
    table.text('review_channel_id');
    table.text('review_message_ts');
    table.integer('shown_version').notNullable().defaultTo(0);
    table.text('shown_hash');
    table.timestamp('notified_at');
    table.timestamp('attention_told_at');
  });
  await knex.raw(`
    alter table sms_batch rename constraint sms_batch_alert_known to sms_batch_attention_known;
    update sms_batch as batch set slack_channel_id = shown.channel_id, slack_message_ts = shown.message_ts,
      slack_view_id = shown.view_id, review_channel_id = shown.review_channel_id,
      review_message_ts = shown.review_message_ts, shown_version = shown.shown_version, shown_hash = shown.shown_hash,
      notified_at = case when shown.announced_round = batch.round then coalesce(batch.completed_at, now()) end,
      attention_told_at = case when batch.attention is null or shown.posted_alert >= batch.alert_number
        then batch.alert_raised_at end
    from slack_batch as shown where shown.batch_id = batch.id;
    alter table sms_batch alter column slack_channel_id drop default;
    create index sms_batch_open on sms_batch (id)
      where status not in ('completed', 'cancelled', 'failed') or shown_version < version
        or (status = 'completed' and notified_at is null)
        or (attention is not null and attention_told_at is null)`);
  await knex.schema.alterTable('sms_batch', (table) => table.dropColumns('alert_number', 'alert_raised_at'));
}

async function restoreOutbox(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_batch_posting', (table) => {
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table
      .text('kind')
      .notNullable()
      .checkIn(['report', 'completion', 'attention', 'review'], 'sms_batch_posting_kind_known');
    table.uuid('id').notNullable().defaultTo(knex.fn.uuid());
    table.text('slack_channel_id').notNullable();
    table.text('slack_thread_ts');
    table.timestamp('begun_at').notNullable().defaultTo(knex.fn.now());
    table.primary(['batch_id', 'kind']);
  });
  await knex.schema.createTable('sms_answer_posting', (table) => {
    table.text('answer').primary();
    table.uuid('id').notNullable().defaultTo(knex.fn.uuid());
    table.text('slack_channel_id').notNullable();
    table.text('slack_thread_ts');
    table.timestamp('begun_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.schema.createTable('sms_answer_sharing', (table) => {
    table.text('answer').primary();
    table.specificType('slack_file_ids', 'text[]').notNullable();
  });
  await knex.raw(`
    insert into sms_batch_posting (batch_id, kind, id, slack_channel_id, slack_thread_ts, begun_at)
    select distinct on (batch.id, kind) batch.id, kind, pending.id, channel_id, thread_ts, begun_at
    from slack_outbox as pending
    cross join lateral (select split_part(key, ':', 2) as batch_id, case split_part(key, ':', 1)
      when 'status' then 'report' when 'completion' then 'completion' when 'alert' then 'attention'
      when 'review' then 'review' end as kind) as named
    join sms_batch as batch on batch.id::text = named.batch_id
    where kind is not null and channel_id is not null
    order by batch.id, kind, begun_at desc;
    insert into sms_answer_posting (answer, id, slack_channel_id, slack_thread_ts, begun_at)
    select substr(key, 7), id, channel_id, thread_ts, begun_at from slack_outbox
    where starts_with(key, 'reply:') and channel_id is not null;
    insert into sms_answer_sharing (answer, slack_file_ids)
    select substr(key, 7), file_ids from slack_outbox where starts_with(key, 'files:') and file_ids is not null`);
}

async function renameConstraint(knex: Knex, table: string, from: string, to: string): Promise<void> {
  await knex.raw('alter table ?? rename constraint ?? to ??', [
    table,
    `${table}_${from}_unique`,
    `${table}_${to}_unique`,
  ]);
}
