import type { Knex } from 'knex';

/**
 * Each provider has a table of recipients, all with the same columns. One view reads all of them. A provider's migration
 * adds its table by `select sms_add_detail_table('name of the provider', 'name of the table')`, and takes it out again by
 * `select sms_remove_detail_table('name of the provider')`.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sms_detail_table', (table) => {
    table.text('channel').primary();
    table.text('table_name').notNullable().unique();
  });
  await knex('sms_detail_table').insert({ channel: 'onbuka', table_name: 'sms_batch_buka_detail' });
  await knex.raw(READ_ALL);
  await knex.raw(REFUSE_DOUBLED);
  await knex.raw(ADD_TABLE);
  await knex.raw(REMOVE_TABLE);
  await knex.raw('select sms_read_all_details()');
}

/** By name: a table may get columns that the others have not. A column for all of them needs this function anew. */
const COLUMNS =
  'id, batch_id, position, chunk, message_id, order_id, provider_message_id, recipient_number, source, line, status, ' +
  'submission_id, attempt, failure_reason, cost, currency, created_at, updated_at, settled_by, segments_charged, ' +
  'country, settled_at';

/** The view over all tables, made anew whenever there is one more. */
const READ_ALL = `
create function sms_read_all_details() returns void language plpgsql as $$
begin
  execute 'create or replace view sms_batch_recipient as ' || (
    select string_agg(
      format('select %L::text as channel, ${COLUMNS} from %I', channel, table_name),
      ' union all ' order by channel)
    from sms_detail_table);
end $$`;

/**
 * The promise over all tables: nobody is in a batch twice. The lock makes writers of one batch take turns, since neither
 * of two open transactions sees the rows of the other.
 */
const REFUSE_DOUBLED = `
create function sms_refuse_doubled() returns trigger language plpgsql as $$
declare
  other text;
  is_doubled boolean;
begin
  perform pg_advisory_xact_lock(1398360141, (batch_id % 2147483647)::int)
  from (select distinct batch_id from inserted order by batch_id) as touched;
  for other in select table_name from sms_detail_table where table_name <> tg_table_name loop
    execute format(
      'select exists (select 1 from %1$I where batch_id in (select batch_id from inserted))
         and exists (select 1 from inserted join %1$I as other using (recipient_number, batch_id))', other)
    into is_doubled;
    if is_doubled then
      raise exception 'a number of the batch is in % already', other using errcode = 'unique_violation';
    end if;
  end loop;
  return null;
end $$`;

/** While there is one table, its own unique index is enough: the triggers come with the second. */
const ADD_TABLE = `
create function sms_add_detail_table(new_channel text, new_table text) returns void language plpgsql as $$
declare
  known text;
begin
  execute format('create table %I (like sms_batch_buka_detail including all)', new_table);
  execute format('alter table %I
    add foreign key (batch_id) references sms_batch (id) on delete cascade,
    set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)', new_table);
  insert into sms_detail_table values (new_channel, new_table);
  for known in select table_name from sms_detail_table loop
    execute format('create or replace trigger refuse_doubled after insert on %I
      referencing new table as inserted for each statement execute function sms_refuse_doubled()', known);
  end loop;
  perform sms_read_all_details();
end $$`;

/** For the way back of a provider's migration. A table with recipients stays: they would be lost. */
const REMOVE_TABLE = `
create function sms_remove_detail_table(old_channel text) returns void language plpgsql as $$
declare
  old_table text := (select table_name from sms_detail_table where channel = old_channel);
  has_rows boolean;
  known text;
begin
  execute format('select exists (select 1 from %I)', old_table) into has_rows;
  if has_rows then
    raise exception 'Not undone: % has recipients, who would be lost.', old_table;
  end if;
  delete from sms_detail_table where channel = old_channel;
  perform sms_read_all_details();
  execute format('drop table %I', old_table);
  if (select count(*) from sms_detail_table) = 1 then
    for known in select table_name from sms_detail_table loop
      execute format('drop trigger refuse_doubled on %I', known);
    end loop;
  end if;
end $$`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop view sms_batch_recipient;
    drop function sms_add_detail_table(text, text);
    drop function sms_remove_detail_table(text);
    drop function sms_refuse_doubled();
    drop function sms_read_all_details()`);
  await knex.schema.dropTable('sms_detail_table');
}
