import type { Knex } from 'knex';

/**
 * A list's source no longer names Slack: it says how it came (`origin`) and what it is called there (`ref`). Exports
 * are made into tables that every process reaches.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sms_batch_source', (table) => {
    /** Who has the file: `slack`. Null for pasted numbers. */
    table.text('origin');
    table.renameColumn('slack_file_id', 'ref');
  });
  await knex('sms_batch_source').whereNotNull('ref').update({ origin: 'slack' });
  await knex.schema.createTable('export_file', (table) => {
    table.uuid('id').primary();
    table.bigint('tenant_id').notNullable().references('tenant.id');
    /** Of one request: a later try of it finds what was made. */
    table.text('key').notNullable();
    /** 0, 1, …: a long list is cut into several files. */
    table.smallint('file_index').notNullable();
    table.bigint('bytes').notNullable();
    table.integer('lines').notNullable();
    table.integer('pieces').notNullable();
    /** Uploaded files whose columns are missing in it. */
    table.specificType('missing_files', 'text[]').notNullable().defaultTo('{}');
    table.timestamp('made_at').notNullable().defaultTo(knex.fn.now());
    table.unique(['key', 'file_index']);
  });
  // Not logged: twice as fast, and after a crash of the database the file is made again. The row of `export_file` is
  // written when the last piece is.
  await knex.raw(`
    create unlogged table export_piece (
      file_id uuid not null,
      ordinal integer not null,
      data bytea not null,
      written_at timestamptz not null default now(),
      primary key (file_id, ordinal)
    );
    alter table export_piece alter column data set storage external`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('export_piece');
  await knex.schema.dropTable('export_file');
  await knex.schema.alterTable('sms_batch_source', (table) => {
    table.dropColumn('origin');
    table.renameColumn('ref', 'slack_file_id');
  });
}
