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

test('an error that nobody catches ends it with code 1 and one line of the log, without the fields of the error', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'sms-main-'));
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const thrown = `Object.assign(new Error('no'), { code: '23505', detail: ['hu', 'sh'].join('') })`;
  const preload = `data:text/javascript,process.on('SIGUSR2', () => { throw ${thrown} })`;
  const env = {
    ...{ PATH: process.env.PATH, SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: 'test-secret' },
    ...{ BUKA_API_KEY: 'key', BUKA_API_SECRET: 'secret', BUKA_APP_ID: 'app', ENCRYPTION_KEY: TEST_KEY },
    DATABASE_URL: `postgres://sms@127.0.0.1:${port}/sms`,
  };
  const args = ['--import', TSX_LOADER, '--import', preload, MAIN];
  const bot = spawn(process.execPath, args, { cwd: empty, env });
  const ended = Promise.all([once(bot, 'close'), text(bot.stderr), text(bot.stdout)]);
  await once(silent, 'connection');
  bot.kill('SIGUSR2');
  const [[code], said, printed] = await ended;
  silent.close();
  await rm(empty, { recursive: true });
  expect(code).toBe(1);
  expect(said).toBe('');
  const lines = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const [fatal] = lines.filter(({ level }) => level === 60);
  expect(fatal).toMatchObject({ err: { name: 'Error', message: 'no', code: '23505' } });
  expect(printed).not.toContain('hush');
});
