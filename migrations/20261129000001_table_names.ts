import type { Knex } from 'knex';

/** Former name, name from now on: the words that the field uses. */
const TABLES = [
  ['rate_gate', 'rate_limit'],
  ['sms_push', 'webhook_inbox'],
  ['sms_recipient_attempt', 'sms_send_attempt'],
] as const;

/** The same for kinds of job. The task of a job is its kind, or `<kind>:<id of the workspace whose bot does it>`. */
const JOBS = [
  ['call-attention', 'post-alert'],
  ['record-reports', 'record-delivery-reports'],
  ['refresh-message', 'refresh-status-message'],
] as const;

/** The jobs whose payload names a provider: as `channel` formerly, as `provider` from now on. */
const JOBS_FOR_A_PROVIDER = ['record-delivery-reports', 'record-inbound', 'compare-with-provider'];

/**
 * Renames tables, with whatever was named after them: constraints, indexes, sequences. No row is touched. A process of
 * the former version that still runs fails its statements from then on, and must be stopped. Jobs that it leaves behind
 * keep their names and payloads: the new code does those too (`queue/former-jobs.ts`).
 */
export async function up(knex: Knex): Promise<void> {
  for (const [former, name] of TABLES) await renameTable(knex, former, name);
}

/**
 * The former code has no task for the names of today. And where such a job waits, it enqueues no other of the same key:
 * reports would stay in the inbox. So every job gets its former name and payload back.
 */
export async function down(knex: Knex): Promise<void> {
  for (const [former, name] of TABLES) await renameTable(knex, name, former);
  if (!(await hasQueue(knex))) return;
  await restorePayloads(knex);
  for (const [former, name] of JOBS) await restoreJobName(knex, former, name);
}

/** The queue library makes its tables after our migrations: where no bot has started, there are none. */
async function hasQueue(knex: Knex): Promise<boolean> {
  const { rows } = await knex.raw(`select to_regclass('graphile_worker._private_jobs') is not null as found`);
  return (rows as [{ found: boolean }])[0].found;
}

/** Under the names of today. */
async function restorePayloads(knex: Knex): Promise<void> {
  await knex.raw(
    `update graphile_worker._private_jobs as jobs
     set payload = (payload::jsonb - 'provider' || jsonb_build_object('channel', payload -> 'provider'))::json
     from graphile_worker._private_tasks as tasks
     where tasks.id = jobs.task_id and split_part(tasks.identifier, ':', 1) = any(?)
       and payload -> 'provider' is not null`,
    [JOBS_FOR_A_PROVIDER],
  );
}

async function restoreJobName(knex: Knex, former: string, name: string): Promise<void> {
  await knex.raw(
    `insert into graphile_worker._private_tasks (identifier)
     select :former || substr(identifier, length(:name) + 1) from graphile_worker._private_tasks
     where split_part(identifier, ':', 1) = :name
     on conflict (identifier) do nothing`,
    { former, name },
  );
  await knex.raw(
    `update graphile_worker._private_jobs as jobs set task_id = task.id
     from graphile_worker._private_tasks as present
     join graphile_worker._private_tasks as task
       on task.identifier = :former || substr(present.identifier, length(:name) + 1)
     where jobs.task_id = present.id and split_part(present.identifier, ':', 1) = :name`,
    { former, name },
  );
}

async function renameTable(knex: Knex, from: string, to: string): Promise<void> {
  await knex.raw('alter table ?? rename to ??', [from, to]);
  const newName = (name: string) => to + name.slice(from.length);
  for (const name of await constraintsNamedAfter(knex, from, to)) {
    await knex.raw('alter table ?? rename constraint ?? to ??', [to, name, newName(name)]);
  }
  for (const { name, kind } of await relationsNamedAfter(knex, from)) {
    await knex.raw(`alter ${kind} ?? rename to ??`, [name, newName(name)]);
  }
}

/** PostgreSQL 18 names NOT NULL constraints too, earlier versions do not: so the catalogue is asked. */
async function constraintsNamedAfter(knex: Knex, prefix: string, table: string): Promise<string[]> {
  const { rows } = await knex.raw(
    `select conname as name from pg_constraint where conrelid = ?::regclass and starts_with(conname, ?)`,
    [table, `${prefix}_`],
  );
  return (rows as { name: string }[]).map(({ name }) => name);
}

/** Indexes that are not a constraint's (those follow their constraint), and sequences. */
async function relationsNamedAfter(
  knex: Knex,
  prefix: string,
): Promise<{ name: string; kind: 'index' | 'sequence' }[]> {
  const { rows } = await knex.raw(
    `select relname as name, case relkind when 'i' then 'index' else 'sequence' end as kind from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('i', 'S') and starts_with(relname, ?)`,
    [`${prefix}_`],
  );
  return rows as { name: string; kind: 'index' | 'sequence' }[];
}
