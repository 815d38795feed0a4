import type { Knex } from 'knex';

/** Code from before this migration looks for its tables in `public`. */
export const worksFrom = '20261202000001_own_schemas';

const TABLES = [
  ...[
    'tenant',
    'app_user',
    'provider_account',
    'person_sub_account',
    'account_route',
    'rate_limit',
    'audit_event',
  ],
  ...[
    'sms_batch',
    'sms_batch_account',
    'sms_batch_source',
    'sms_submission',
    'sms_send_attempt',
    'sms_batch_cost',
  ],
  ...['sms_rejected_recipient', 'sms_inbound_message', 'webhook_inbox', 'export_file', 'export_piece'],
  ...['slack_installation', 'slack_batch', 'slack_outbox', 'sms_detail_table'],
];
const VIEW = 'sms_batch_recipient';
const FUNCTIONS = [
  ...['sms_read_all_details()', 'sms_refuse_doubled()'],
  ...['sms_add_detail_table(text, text)', 'sms_remove_detail_table(text)'],
];

/** Kinds of job, with the names that three of them had before. A job of any other name belongs to another program. */
const JOBS = [
  ...['import-recipients', 'submit-chunk', 'poll-delivery', 'record-delivery-reports', 'record-inbound'],
  ...[
    'reconcile',
    'refresh-status-message',
    'show-review',
    'announce-completion',
    'post-alert',
    'export-batch',
  ],
  ...['compare-with-provider', 'sweep', 'call-attention', 'record-reports', 'refresh-message'],
];

/**
 * Our tables leave `public` for a schema of their own, and our jobs the queue that programs with the same library share.
 * In a new database the tables are there already: migrations have made them where the search path leads. The list of
 * migrations has moved before (src/db/former-schema.ts).
 */
export async function up(knex: Knex): Promise<void> {
  if (await exists(knex, 'bulk_sms.sms_batch')) return;
  await moveTables(knex, 'public', 'bulk_sms');
  await knex.raw('set local search_path = bulk_sms');
  if (await exists(knex, 'graphile_worker._private_jobs')) {
    await moveJobs(knex, 'graphile_worker', 'bulk_sms_queue');
  }
}

/** What `up` did, and the list of migrations where the former code looks for it. */
export async function down(knex: Knex): Promise<void> {
  await moveTables(knex, 'bulk_sms', 'public');
  if (await exists(knex, 'bulk_sms_queue._private_jobs')) {
    await moveJobs(knex, 'bulk_sms_queue', 'graphile_worker');
  }
  await restoreList(knex);
}

/** With their rows, indexes, constraints and sequences. No row is touched. */
async function moveTables(knex: Knex, from: string, to: string): Promise<void> {
  const details: string[] = await knex(`${from}.sms_detail_table`).pluck('table_name');
  for (const table of [...TABLES, ...details]) {
    await knex.raw('alter table ??.?? set schema ??', [from, table, to]);
  }
  await knex.raw('alter view ??.?? set schema ??', [from, VIEW, to]);
  for (const name of FUNCTIONS) await knex.raw(`alter function ??.${name} set schema ??`, [from, to]);
}

/**
 * Each with its key, time, tries and payload. All processes are stopped, so a job that one has locked is free again: by
 * the new code's lights, too, its process is gone.
 */
async function moveJobs(knex: Knex, from: string, to: string): Promise<void> {
  const ours = `from ${from}._private_jobs as jobs join ${from}._private_tasks as tasks on tasks.id = jobs.task_id
    where split_part(tasks.identifier, ':', 1) = any(?)`;
  const { rows } = await knex.raw(`select 1 ${ours} limit 1`, [JOBS]);
  if (rows.length === 0) return;
  if (!(await exists(knex, `${to}._private_jobs`))) {
    throw new Error(
      `Jobs wait, and there is no queue in the schema ${to} for them. Make it first: npx graphile-worker --schema ${to} --schema-only -c "$DATABASE_URL"`,
    );
  }
  await knex.raw(
    `insert into ${to}._private_tasks (identifier) select distinct tasks.identifier ${ours}
     on conflict (identifier) do nothing`,
    [JOBS],
  );
  const columns =
    'payload, priority, run_at, attempts, max_attempts, last_error, created_at, updated_at, key, flags';
  const ofJobs = columns.replace(/\w+/g, 'jobs.$&');
  await knex.raw(
    `insert into ${to}._private_jobs (task_id, ${columns})
     select (select id from ${to}._private_tasks as task where task.identifier = tasks.identifier), ${ofJobs} ${ours}
     order by jobs.id`,
    [JOBS],
  );
  await knex.raw(`delete from ${from}._private_jobs where id in (select jobs.id ${ours})`, [JOBS]);
}

/** As Knex makes it. A row with the number 0 is the note for former versions that the tables are not there. */
async function restoreList(knex: Knex): Promise<void> {
  await knex.raw(`
    create table if not exists public.knex_migrations (
      id serial primary key, name varchar(255), batch integer, migration_time timestamptz);
    create table if not exists public.knex_migrations_lock (index serial primary key, is_locked integer);
    delete from public.knex_migrations where batch = 0 and name like 'bulk_sms: %';
    with moved as (delete from bulk_sms.migrations where name <> '${worksFrom}' returning *)
    insert into public.knex_migrations (name, batch, migration_time)
    select name, batch, migration_time from moved order by id`);
}

async function exists(knex: Knex, table: string): Promise<boolean> {
  const { rows } = await knex.raw('select to_regclass(?) is not null as found', [table]);
  return rows[0].found;
}
