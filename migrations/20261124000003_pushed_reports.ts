import type { Knex } from 'knex';

/**
 * What the provider pushes to us, how a recipient's outcome became known, and what it cost.
 */
export async function up(knex: Knex): Promise<void> {
  await createPush(knex);
  await createInboundMessage(knex);
  await createBatchCost(knex);
  await knex.schema.alterTable('sms_batch', (table) => {
    /** When the provider last pushed a report about this batch. */
    table.timestamp('reported_at');
  });
  await extendRecipients(knex);
}

/** Bodies as they came, landed before anything is made of them. */
async function createPush(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_push', (table) => {
    table.bigIncrements('id');
    table.text('channel').notNullable();
    table.text('kind').notNullable().checkIn(['report', 'inbound'], 'sms_push_kind_known');
    table.text('body').notNullable();
    table.timestamp('received_at').notNullable().defaultTo(knex.fn.now());
    /** When it is to be applied, or tried again. */
    table.timestamp('due_at').notNullable().defaultTo(knex.fn.now());
    /** Null: not applied yet. */
    table
      .text('outcome')
      .checkIn(['applied', 'unmatched', 'disagrees', 'unreadable'], 'sms_push_outcome_known');
    // What is old is deleted by this.
    table.index(['received_at']);
  });
  await knex.raw(`create index on sms_push (channel, kind, due_at) where outcome is null`);
}

async function createInboundMessage(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_inbound_message', (table) => {
    table.bigIncrements('id');
    /** Null where nothing tells which workspace it was written to. */
    table.bigint('tenant_id').references('tenant.id');
    table.text('channel').notNullable();
    table.text('provider_message_id');
    table.text('from_number');
    table.text('to_sender_id');
    table.text('content').notNullable();
    table.timestamp('received_at').notNullable();
    // The same message pushed twice is one; messages without an id cannot be told apart and are all kept.
    table.unique(['channel', 'provider_message_id']);
    table.index(['tenant_id', 'received_at']);
  });
}

/** How many messages of a batch cost how much: sums and prices without a look at its million recipients. */
async function createBatchCost(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_batch_cost', (table) => {
    table.bigint('batch_id').notNullable().references('sms_batch.id').onDelete('CASCADE');
    /** Empty: a number of no single country. */
    table.text('country').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.decimal('cost_each', 14, 6).notNullable();
    /** 0: the provider did not say. */
    table.integer('segments_each').notNullable();
    table.integer('messages').notNullable();
    table.primary(['batch_id', 'country', 'currency', 'cost_each', 'segments_each']);
  });
}

async function extendRecipients(knex: Knex): Promise<void> {
  for (const name of ['sms_batch_buka_detail', 'sms_recipient_attempt']) {
    await knex.schema.alterTable(name, (table) => {
      /** Who told the outcome; null while there is none. */
      table.text('settled_by').checkIn(['answer', 'poll', 'push', 'reconcile'], `${name}_settled_by_known`);
      table.integer('segments_charged');
    });
  }
  await knex.schema.alterTable('sms_batch_buka_detail', (table) => {
    table.specificType('country', 'char(2)');
    /** When the outcome came about, as far as the provider tells; else when we heard of it. */
    table.timestamp('settled_at');
  });
  await knex.schema.alterTable('sms_recipient_attempt', (table) => {
    table.decimal('cost', 14, 6);
    table.specificType('currency', 'char(3)');
  });
  // A report may prove what became of an attempt after a person has put it aside.
  await knex.raw(`
    alter table sms_recipient_attempt
      drop constraint sms_recipient_attempt_status_known,
      add constraint sms_recipient_attempt_status_known check (status in ('delivered', 'failed', 'unknown'))`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table sms_recipient_attempt
      drop constraint sms_recipient_attempt_status_known,
      add constraint sms_recipient_attempt_status_known check (status in ('failed', 'unknown')) not valid`);
  await knex.schema.alterTable('sms_recipient_attempt', (table) => {
    table.dropColumns('settled_by', 'segments_charged', 'cost', 'currency');
  });
  await knex.schema.alterTable('sms_batch_buka_detail', (table) => {
    table.dropColumns('settled_by', 'settled_at', 'segments_charged', 'country');
  });
  await knex.schema.alterTable('sms_batch', (table) => table.dropColumn('reported_at'));
  for (const table of ['sms_batch_cost', 'sms_inbound_message', 'sms_push']) {
    await knex.schema.dropTable(table);
  }
}
