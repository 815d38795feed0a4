import type { Knex } from 'knex';

/** Former name, name from now on: the words that the field uses. */
const RENAMED = [
  ['rate_gate', 'rate_limit'],
  ['sms_push', 'webhook_inbox'],
  ['sms_recipient_attempt', 'sms_send_attempt'],
] as const;

/**
 * Renames tables, with whatever was named after them: constraints, indexes, sequences. No row is touched. A process of
 * the former version that still runs fails its statements from then on, and must be stopped; jobs it leaves behind are
 * done by the new version.
 */
export async function up(knex: Knex): Promise<void> {
  for (const [former, name] of RENAMED) await renameTable(knex, former, name);
}

export async function down(knex: Knex): Promise<void> {
  for (const [former, name] of RENAMED) await renameTable(knex, name, former);
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
