import type { Client } from 'pg';

/** The databases that tests copy: all our tables and graphile-worker's, without and with the guard of states. */
export const TEMPLATES = { plain: 'bulk_sms_template', guarded: 'bulk_sms_guarded_template' } as const;
export type TemplateName = keyof typeof TEMPLATES;

/** How a copy looks before a test has used it. */
export interface Template {
  schema: string;
  /** The content of the tables that our migrations fill. */
  seeds: string;
  emptyTables: string[];
  /** The next value of each sequence. */
  sequences: Record<string, string>;
}

const OURS = `('bulk_sms', 'bulk_sms_queue')`;
const TABLES = `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ${OURS}`;
/** Of each sequence: the value that it gives next is in its own row. */
const SEQUENCES = `select format('%I.%I', schemaname, sequencename) as name,
  coalesce(last_value + increment_by, start_value)::text as next
  from pg_sequences where schemaname in ${OURS}`;
/** Every statement that changes a schema writes a new row into one of these. Sessions' temporary tables do not count. */
const CATALOGS = [
  ...[
    'pg_class',
    'pg_attribute',
    'pg_attrdef',
    'pg_constraint',
    'pg_index',
    'pg_trigger',
    'pg_proc',
    'pg_type',
  ],
  ...['pg_rewrite', 'pg_sequence', 'pg_namespace'],
];
/** In these catalogs, the column by which those of sessions are left out. */
const NAMESPACES: Record<string, string> = {
  pg_class: 'relnamespace::regnamespace::text',
  pg_type: 'typnamespace::regnamespace::text',
  pg_namespace: 'nspname',
};

/** Of a database that no test has used. */
export async function describeTemplate(client: Client): Promise<Template> {
  const names = (await client.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
  const emptyTables: string[] = [];
  for (const name of names) {
    if ((await client.query(`select 1 from ${name} limit 1`)).rowCount === 0) emptyTables.push(name);
  }
  const sequences = (await client.query<{ name: string; next: string }>(SEQUENCES)).rows;
  return {
    ...(await fingerprint(client, emptyTables)),
    emptyTables,
    sequences: Object.fromEntries(sequences.map(({ name, next }) => [name, next])),
  };
}

/** Empties a used copy. Returns whether it is as its template is: a test may have changed its tables, too. */
export async function restoreTemplate(client: Client, template: Template): Promise<boolean> {
  await client.query(
    `select pg_terminate_backend(pid, 10000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  const { schema, seeds } = await fingerprint(client, template.emptyTables);
  if (schema !== template.schema || seeds !== template.seeds) return false;
  const resets = Object.entries(template.sequences).map(
    ([name, next]) => `perform setval('${name}', ${next}, false);`,
  );
  // As a replica: triggers and foreign keys do not act, so the order is of no account.
  await client.query(`do $$ begin
    set local session_replication_role = replica;
    ${template.emptyTables.map((name) => `delete from ${name};`).join('\n')}
    ${resets.join('\n')}
  end $$`);
  return true;
}

async function fingerprint(
  client: Client,
  emptyTables: string[],
): Promise<Pick<Template, 'schema' | 'seeds'>> {
  const parts = CATALOGS.map((name) => {
    const where = NAMESPACES[name] ? `where ${NAMESPACES[name]} !~ '^pg_(toast_)?temp'` : '';
    return `select '${name}' || count(*) || '.' || coalesce(sum(xmin::text::bigint), 0) as part from ${name} ${where}`;
  });
  // Settings of the database itself, such as a test's default_transaction_read_only.
  parts.push(`select 'settings' || count(*) from pg_db_role_setting
    join pg_database on setdatabase = pg_database.oid where datname = current_database()`);
  const { rows } = await client.query<{ schema: string }>(
    `select string_agg(part, ' ' order by part) as schema from (${parts.join(' union all ')}) as catalog`,
  );
  const names = (await client.query<{ name: string }>(TABLES)).rows.map(({ name }) => name).sort();
  const seeds: string[] = [];
  for (const name of names.filter((one) => !emptyTables.includes(one))) {
    const content = await client.query(
      `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as hash from ${name} t`,
    );
    seeds.push(`${name} ${content.rows[0].hash}`);
  }
  return { schema: rows[0]?.schema ?? '', seeds: seeds.join('\n') };
}
