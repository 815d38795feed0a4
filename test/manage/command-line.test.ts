import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { openDatabase } from '../../src/db/connect';
import { createLog } from '../../src/log';
import { createEmptyDatabase, createTestDatabase } from '../setup/database';

const MAIN = resolve(__dirname, '../../src/manage/main.ts');

let empty: string;
beforeEach(async () => {
  empty = await mkdtemp(join(tmpdir(), 'sms-manage-'));
});
afterEach(() => rm(empty, { recursive: true, force: true }));

/** As an operator runs it, with these settings and none of the bot's others. */
async function manage(env: Record<string, string>, ...command: string[]) {
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), MAIN, ...command], {
    cwd: empty,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], printed, said] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  expect(said).not.toMatch(/^\s+at /m);
  return { code, printed, said };
}

test('works with DATABASE_URL alone, and says which id it does not know with code 1', async () => {
  const database = await createTestDatabase();
  const env = { DATABASE_URL: database.url };
  expect(await manage(env, 'jobs', 'list')).toEqual({ code: 0, printed: 'No job is put aside.\n', said: '' });
  expect(await manage(env, 'jobs', 'retry', '5')).toEqual({
    code: 1,
    printed: '',
    said: 'No job of the id "5" is put aside. `manage jobs list` shows those that are.\n',
  });
  await database.drop();
});

test('help needs no settings and no database', async () => {
  const { code, printed } = await manage({}, 'jobs', '--help');
  expect(code).toBe(0);
  for (const word of ['list', 'retry <id>', 'drop <id>']) expect(printed).toContain(word);
});

test('what is wrong is said in a sentence, with code 1: no data, no tables, no such command, no server', async () => {
  const without = await manage({ DATA_DIR: join(empty, 'nothing') }, 'jobs', 'list');
  expect(without).toMatchObject({ code: 1, said: expect.stringContaining('There is no data of a bot in') });
  const unknown = await manage({}, 'nonsense');
  expect(unknown).toMatchObject({ code: 1, said: expect.stringContaining("unknown command 'nonsense'") });
  const away = await manage({ DATABASE_URL: 'postgres://sms:pass-word@127.0.0.1:1/sms' }, 'jobs', 'list');
  expect(away).toMatchObject({ code: 1, said: expect.stringContaining('The database does not answer') });
  expect(away.said).not.toContain('pass-word');
  const database = await createEmptyDatabase();
  const bare = await manage({ DATABASE_URL: database.url }, 'jobs', 'list');
  expect(bare).toMatchObject({ code: 1, said: expect.stringContaining('Start the bot once') });
  await database.drop();
});

test('reaches the embedded database beside the bot that runs on it, and without one', async () => {
  const embedded = await openDatabase({ dataDir: empty, fsync: false, log: createLog('silent') });
  await embedded.knex.raw('create schema bulk_sms');
  await embedded.knex.raw('create table bulk_sms.dead_job (id bigint primary key)');
  const env = { DATA_DIR: empty };
  // It has found the table, which lacks columns.
  const beside = await manage(env, 'jobs', 'list');
  expect(beside).toMatchObject({ code: 1, said: expect.stringContaining('does not exist') });
  await embedded.close();
  const alone = await manage(env, 'jobs', 'list');
  expect(alone).toEqual(beside);
});
