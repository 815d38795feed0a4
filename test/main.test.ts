import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { TEST_KEY } from './setup/test-keys';

const TSX = require.resolve('tsx/cli');
const TSX_LOADER = require.resolve('tsx');
const MAIN = resolve(__dirname, '../src/main.ts');

test('a stop before the bot is up ends it with code 0', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'sms-main-'));
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { PATH } = process.env;
  const { port } = silent.address() as AddressInfo;
  const env = {
    PATH,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'test-secret',
    BUKA_API_KEY: 'key',
    BUKA_API_SECRET: 'secret',
    BUKA_APP_ID: 'app',
    // A database server that accepts the connection and never answers.
    DATABASE_URL: `postgres://sms@127.0.0.1:${port}/sms`,
    ENCRYPTION_KEY: TEST_KEY,
  };
  const bot = spawn(process.execPath, ['--import', TSX_LOADER, MAIN], { cwd: empty, env, stdio: 'ignore' });
  const ended = once(bot, 'close');
  await once(silent, 'connection');
  bot.kill('SIGTERM');
  const end = await ended;
  silent.close();
  await rm(empty, { recursive: true });
  expect(end).toEqual([0, null]);
});

test('without settings it ends with code 1 and one message that names what is missing', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'sms-main-'));
  const { PATH } = process.env;
  const bot = spawn(process.execPath, [TSX, MAIN], { cwd: empty, env: { PATH } });
  const [[code], said, printed] = await Promise.all([once(bot, 'close'), text(bot.stderr), text(bot.stdout)]);
  await rm(empty, { recursive: true });
  expect(code).toBe(1);
  for (const name of ['SLACK_BOT_TOKEN', 'BUKA_API_KEY', 'BUKA_API_SECRET', 'BUKA_APP_ID']) {
    expect(said.split(name)).toHaveLength(2);
  }
  expect(said).not.toMatch(/^\s+at /m);
  expect(printed).toBe('');
});
