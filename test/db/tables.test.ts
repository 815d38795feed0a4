import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTestDatabase } from '../setup/database';

test('docs/ARCHITECTURE.md lists every table, and no other', async () => {
  const database = await createTestDatabase();
  const text = readFileSync(resolve(__dirname, '../../docs/ARCHITECTURE.md'), 'utf8');
  const section = text.split('## Tables')[1]?.split('\n## ')[0] ?? '';
  const told = [...section.matchAll(/^\| (`.*?) \| /gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  const tables = await database
    .knex('pg_tables')
    .where({ schemaname: 'bulk_sms' })
    .whereRaw(`tablename not like 'migrations%'`)
    .pluck('tablename');
  expect(told.sort()).toEqual(tables.sort());
  await database.drop();
});
