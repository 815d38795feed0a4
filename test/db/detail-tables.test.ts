import { createTestDatabase, type TestDatabase } from '../setup/database';
import { describeSchema } from './describe-schema';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const addTable = (name: string) =>
  database.knex.raw('select sms_add_detail_table(?, ?)', [name, `sms_batch_${name}_detail`]);

/** The columns of the view, which tests of it read. */
const columns = (): Promise<string[]> =>
  database
    .knex('information_schema.columns')
    .where({ table_schema: 'bulk_sms', table_name: 'sms_batch_recipient' })
    .orderBy('ordinal_position')
    .pluck('column_name');

test('the view has every column of the first table, and whose table it is', async () => {
  const first = Object.keys(await database.knex('sms_batch_buka_detail').columnInfo());
  expect((await columns()).sort()).toEqual(['channel', ...first].sort());
});

test('a column of one table alone leaves the view as it is, and more tables can be added', async () => {
  const { knex } = database;
  const before = await columns();
  await addTable('second');
  await knex.schema.alterTable('sms_batch_second_detail', (table) => table.text('of_second_alone'));
  await addTable('third');
  await knex.schema.alterTable('sms_batch_buka_detail', (table) => table.text('of_buka_alone'));
  await addTable('fourth');
  expect(await columns()).toEqual(before);
  expect(await knex('sms_batch_recipient')).toEqual([]);
  const channels = await knex('sms_detail_table').pluck('channel');
  expect(channels).toEqual(expect.arrayContaining(['fourth', 'onbuka', 'second', 'third']));
});

test('the way back takes a table out again, but not one with recipients', async () => {
  const { knex } = database;
  const before = await describeSchema(knex);
  const remove = (name: string) => knex.raw('select sms_remove_detail_table(?)', [name]);
  await addTable('second');
  await addTable('third');
  await remove('second');
  await knex.raw('alter table sms_batch_third_detail disable trigger all');
  const row = {
    batch_id: 1,
    position: 1,
    chunk: 1,
    message_id: knex.fn.uuid(),
    order_id: 'o',
    recipient_number: '+1',
    line: 1,
  };
  await knex('sms_batch_third_detail').insert({ ...row, source: 0, status: 'pending' });
  await expect(remove('third')).rejects.toThrow(/Not undone: sms_batch_third_detail has recipients/);
  await knex('sms_batch_third_detail').delete();
  await remove('third');
  expect(await describeSchema(knex)).toEqual(before);
});
