import type { Knex } from 'knex';

/**
 * Every column, index, constraint, sequence, function, trigger and type of our own with its name, a line each. The schema
 * itself is not named: `public` in a database of the former version.
 */
export async function describeSchema(knex: Knex, schema = 'bulk_sms'): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { line: string }[] }>(`
    with tables as (
      select oid, relname from pg_class
      where relnamespace = to_regnamespace('${schema}') and relkind in ('r', 'p', 'v') and relname not like all ('{knex_%,migrations%}')
    )
    select format('column %s.%s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
                  pg_get_expr(adbin, adrelid)) as line
      from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all select format('index %s', indexdef) from pg_indexes join tables on tablename = relname and schemaname = '${schema}'
    union all select format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(c.oid))
      from pg_constraint c join tables on conrelid = tables.oid
    union all select format('sequence %s of %s.%s', s.relname, refobjid::regclass, attname)
      from pg_class s join pg_depend d on d.objid = s.oid and deptype = 'a'
      join pg_attribute on attrelid = refobjid and attnum = refobjsubid
      join tables on tables.oid = refobjid where relkind = 'S'
    union all select format('trigger %s', pg_get_triggerdef(t.oid))
      from pg_trigger t join tables on tgrelid = tables.oid where not tgisinternal
    union all select format('function %s', pg_get_functiondef(oid))
      from pg_proc where pronamespace = to_regnamespace('${schema}') and prokind = 'f'
    union all select format('type %s', typname) from pg_type
      where typnamespace = to_regnamespace('${schema}') and typtype in ('e', 'd')
    order by line`);
  return rows.map(({ line }) => line.replaceAll(`${schema}.`, '')).sort();
}
