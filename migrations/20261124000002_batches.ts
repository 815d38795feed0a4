import type { Knex } from 'knex';

/**
 * A batch, what it was made of, whom it reaches and each attempt to submit a part of it.
 * The states are those of src/batches/states.ts; the CHECKs are their last guard.
 */
export async function up(knex: Knex): Promise<void> {
  await createBatch(knex);
  await createSources(knex);
  await createSubmission(knex);
  await createBukaDetail(knex);
  await createRecipientAttempt(knex);
  await createRejectedRecipient(knex);
  await createAuditEvent(knex);
}

async function createBatch(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_batch', (table) => {
    table.bigIncrements('id');
    table.bigint('tenant_id').notNullable().references('tenant.id');
    table.bigint('user_id').notNullable().references('app_user.id');
    table.text('channel').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.text('status').notNullable();
    table.text('reason');
    table.text('reason_detail');
    table.text('content').notNullable();
    table.text('sender_id');
    table.text('default_country');
    table.text('submit_key').notNullable();
    table.text('order_prefix').notNullable().unique();

    // Moved in the statement's transaction that moves the recipients; waiting = total minus the rest.
    for (const count of ['total', 'sending', 'success', 'failed', 'unknown', 'cancelled']) {
      table.integer(`${count}_count`).notNullable().defaultTo(0);
    }
    table.jsonb('countries').notNullable().defaultTo('[]');
    table.jsonb('column_questions').notNullable().defaultTo('[]');
    table.bigint('read_bytes').notNullable().defaultTo(0);
    table.integer('read_rows').notNullable().defaultTo(0);

    table.text('slack_channel_id').notNullable();
    table.text('slack_message_ts');
    table.text('slack_view_id');
    table.text('review_channel_id');
    table.text('review_message_ts');
    /** Grows with every change a person could see; shown_version is what the message shows. */
    table.integer('version').notNullable().defaultTo(1);
    table.integer('shown_version').notNullable().defaultTo(0);
    table.text('shown_hash');

    table.timestamp('scheduled_at');
    table.timestamp('started_at');
    table.timestamp('submitted_at');
    table.timestamp('completed_at');
    table.timestamp('cancelled_at');
    table.timestamp('notified_at');
    /** When a person said of those who stay uncertain: leave them. */
    table.timestamp('uncertain_left_at');
    /** What the channel must be told or asked, and when it was. */
    table
      .text('attention')
      .checkIn(['paused', 'failed', 'stalled', 'uncertain'], 'sms_batch_attention_known');
    table.timestamp('attention_told_at');
    /** When a recipient or the batch itself last changed its status. */
    table.timestamp('moved_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('checked_at');
    table.integer('poll_after_chunk').notNullable().defaultTo(0);

    table.unique(['tenant_id', 'submit_key']);
    table.index(['tenant_id', 'created_at']);
  });
  await knex.raw(`
    alter table sms_batch
      add constraint sms_batch_status_known check (status in
        ('draft','importing','ready','scheduled','pending','submitting','submitted','completed','paused','cancelled','failed')),
      add constraint sms_batch_counts_add_up check (
        least(total_count, sending_count, success_count, failed_count, unknown_count, cancelled_count) >= 0
        and sending_count + success_count + failed_count + unknown_count + cancelled_count <= total_count),
      add constraint sms_batch_completed_is_accounted_for check (
        status <> 'completed'
        or (sending_count = 0 and success_count + failed_count + unknown_count + cancelled_count = total_count))`);
  // What the sweep looks at: everything that still moves, and nothing of the past.
  await knex.raw(`
    create index sms_batch_open on sms_batch (id)
      where status not in ('completed', 'cancelled', 'failed') or shown_version < version
        or (status = 'completed' and notified_at is null)
        or (attention is not null and attention_told_at is null)`);
}

async function createSources(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_batch_source', (table) => {
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.smallint('ordinal').notNullable();
    table.text('slack_file_id');
    table.text('name');
    table.bigint('size_bytes').notNullable();
    table.text('pasted_text');
    table.integer('phone_column');
    table.primary(['batch_id', 'ordinal']);
  });
}

async function createSubmission(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_submission', (table) => {
    table.bigIncrements('id');
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.integer('chunk').notNullable();
    table.integer('attempt').notNullable();
    table.integer('size').notNullable();
    table.text('outcome').notNullable();
    table.timestamp('not_before').notNullable().defaultTo(knex.fn.now());
    table.timestamp('started_at');
    table.timestamp('finished_at');
    table.text('provider_status');
    table.text('reason');
    table.unique(['batch_id', 'chunk', 'attempt']);
  });
  await knex.raw(`
    alter table sms_submission
      add constraint sms_submission_outcome_known check (outcome in
        ('waiting','in_flight','accepted','rejected','unknown','reconciled')),
      add constraint sms_submission_started_before_sent check (outcome = 'waiting' or started_at is not null)`);
  // The promise, once more in the database: a chunk is in at most one live attempt.
  await knex.raw(`
    create unique index sms_submission_one_live_attempt on sms_submission (batch_id, chunk)
      where outcome in ('waiting', 'in_flight')`);
  await knex.raw(
    `create index sms_submission_waiting on sms_submission (batch_id, not_before, chunk) where outcome = 'waiting'`,
  );
  await knex.raw(
    `create index sms_submission_open on sms_submission (started_at) where outcome in ('in_flight', 'unknown')`,
  );
}

async function createBukaDetail(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_batch_buka_detail', (table) => {
    table.bigIncrements('id');
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    /** 1, 2, … in the order of the list. */
    table.integer('position').notNullable();
    /** Which request carries it: the unit that is claimed, sent and recorded as one. */
    table.integer('chunk').notNullable();
    table.uuid('message_id').notNullable().defaultTo(knex.fn.uuid());
    table.string('order_id', 50).notNullable();
    table.text('provider_message_id');
    table.text('recipient_number').notNullable();
    table.smallint('source').notNullable();
    table.integer('line').notNullable();
    table.text('status').notNullable().defaultTo('pending');
    table.bigint('submission_id');
    /** 1, and one more each time a person sends to them again; the former ones are in sms_recipient_attempt. */
    table.smallint('attempt').notNullable().defaultTo(1);
    table.text('failure_reason');
    table.decimal('cost', 14, 6);
    table.specificType('currency', 'char(3)');
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
    table.unique(['batch_id', 'recipient_number']);
    table.unique(['order_id']);
  });
  await knex.raw(`
    alter table sms_batch_buka_detail
      add constraint sms_batch_buka_detail_status_known check (status in
        ('pending','sending','delivered','failed','unknown','cancelled')),
      add constraint sms_batch_buka_detail_sending_has_its_id check (status <> 'sending' or provider_message_id is not null)`);
  // Each row is written two or three times in the first minutes of its life. Vacuum and analyze come after a
  // twentieth of the table, not a fifth: a million rows must not wait for 200,000 dead ones.
  await knex.raw(`
    alter table sms_batch_buka_detail set
      (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)`);
  // Serves the claim (pending rows of a chunk), the poll (open rows, chunk after chunk) and the counts.
  await knex.raw(`create index on sms_batch_buka_detail (batch_id, status, chunk)`);
  // Finds a number over all batches, while it is uncertain: a record of the provider could be either's.
  await knex.raw(`
    create index on sms_batch_buka_detail (recipient_number)
      where status = 'unknown' and provider_message_id is null`);
  // A provider's id names one recipient only: two rows with one id would be one text claimed twice.
  await knex.raw(`
    create unique index on sms_batch_buka_detail (provider_message_id) where provider_message_id is not null`);
}

/** What a person has put aside by sending again: how the former attempt at a recipient ended. */
async function createRecipientAttempt(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_recipient_attempt', (table) => {
    table.bigIncrements('id');
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.text('recipient_number').notNullable();
    table.smallint('attempt').notNullable();
    table.string('order_id', 50).notNullable().unique();
    table.text('provider_message_id');
    table.bigint('submission_id');
    table.text('status').notNullable().checkIn(['failed', 'unknown'], 'sms_recipient_attempt_status_known');
    table.text('failure_reason');
    table.timestamp('ended_at').notNullable();
    table.unique(['batch_id', 'recipient_number', 'attempt']);
  });
  await knex.raw(
    `create index on sms_recipient_attempt (provider_message_id) where provider_message_id is not null`,
  );
  // Whether a record of the provider could belong to an attempt that was put aside.
  await knex.raw(`
    create index on sms_recipient_attempt (recipient_number)
      where status = 'unknown' and provider_message_id is null`);
}

async function createRejectedRecipient(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_rejected_recipient', (table) => {
    table.bigIncrements('id');
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    table.smallint('source').notNullable();
    table.integer('line').notNullable();
    table.text('raw').notNullable();
    table.text('reason').notNullable();
    table.jsonb('reason_detail').notNullable();
    table.index(['batch_id', 'reason', 'source', 'line']);
  });
}

async function createAuditEvent(knex: Knex): Promise<void> {
  await knex.schema.createTable('audit_event', (table) => {
    table.bigIncrements('id');
    table.bigint('tenant_id').notNullable().references('tenant.id');
    table.bigint('user_id').references('app_user.id');
    table.bigint('batch_id').references('sms_batch.id').onDelete('CASCADE');
    table.text('action').notNullable();
    table.jsonb('detail').notNullable().defaultTo('{}');
    table.timestamp('at').notNullable().defaultTo(knex.fn.now());
    table.index(['batch_id', 'at']);
  });
}

export async function down(knex: Knex): Promise<void> {
  const tables = [
    'audit_event',
    'sms_rejected_recipient',
    'sms_recipient_attempt',
    'sms_batch_buka_detail',
    'sms_submission',
    'sms_batch_source',
    'sms_batch',
  ];
  for (const table of tables) await knex.schema.dropTable(table);
}
