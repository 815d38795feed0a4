import type { Knex } from 'knex';
import { DatabaseError } from './errors';
import { SCHEMA } from './session';
import { LOCK_CLASS as LIVENESS_LOCK } from './worker-liveness';

/**
 * Until December 2026 our tables were in the schema `public`, and our migrations in Knex's own list there, which any
 * other program with Knex in the same database would use too. The migration 20261202000001_own_schemas moves them.
 */
const FORMER_LIST = 'public.knex_migrations';
const FIRST_MIGRATION = '20261124000001_tenants';
/** How pg_stat_activity shows processes of the former versions. Those of this one have other names. */
const FORMER_SESSIONS = ['bulk-sms', 'bulk-sms presence'];

/**
 * A process of the former version that starts by mistake would find no list and make itself new, empty tables. Its Knex
 * refuses a list with a migration that it does not know, and repeats this name.
 */
const NOTE = `${SCHEMA}: the tables have moved to their own schema, start the newer version (docs/UPGRADE.md)`;

/** Whether this database is as the former version has it, or as the way back leaves it. */
export async function usesFormerSchema(db: Knex): Promise<boolean> {
  const { rows } = await db.raw(
    `select to_regclass('${SCHEMA}.sms_batch') is null
       and coalesce(has_table_privilege(to_regclass('${FORMER_LIST}'), 'select'), false) as possible`,
  );
  return (
    rows[0].possible && (await db(FORMER_LIST).where({ name: FIRST_MIGRATION }).first('id')) !== undefined
  );
}

/**
 * The first step of the move: our migrations into our own list. Rows of another program stay where they are. Older
 * migrations that are still pending find the tables in `public`, until one of them moves the tables. Throws DatabaseError
 * `others_connected` while processes of the former version run: all that they do would fail from then on.
 */
export async function moveFormerList(trx: Knex.Transaction, names: string[]): Promise<void> {
  await refuseWhileOthersRun(trx);
  const list = trx(`${SCHEMA}.migrations`);
  const ours = trx(FORMER_LIST).whereIn('name', names).orderBy('id');
  await list.clone().insert(await ours.clone().select('name', 'batch', 'migration_time'));
  await ours.clone().clear('order').delete();
  const others = await trx(FORMER_LIST).first('id');
  if (!others) await trx(FORMER_LIST).insert({ name: NOTE, batch: 0, migration_time: trx.fn.now() });
}

/**
 * Each process holds a lock that shows that it lives, from its start to its end; one that is just starting has a session
 * of a known name.
 */
async function refuseWhileOthersRun(trx: Knex.Transaction): Promise<void> {
  const { rows } = await trx.raw(
    `select distinct pid, application_name as name, client_addr as address from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and (application_name = any(?) or pid in (
         select pid from pg_locks where locktype = 'advisory' and classid = ? and database = datid))
     order by pid`,
    [FORMER_SESSIONS, LIVENESS_LOCK],
  );
  if (rows.length === 0) return;
  const sessions = (rows as { pid: number; name: string; address: string | null }[]).map(
    ({ pid, name, address }) =>
      `${name} (process ${pid} of the server, from ${address ?? 'its own machine'})`,
  );
  throw new DatabaseError(
    'others_connected',
    `This version moves its tables to a schema of their own, once, and for that every process of the former version must be stopped. These are still connected: ${sessions.join(', ')}. Stop them, wait half a minute, and start this one again (docs/UPGRADE.md). Nothing was changed.`,
  );
}
