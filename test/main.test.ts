import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const TSX = require.resolve('tsx/cli');
const MAIN = resolve(__dirname, '../src/main.ts');

test('without configuration it ends with code 1 and one message that names what is missing', async () => {
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
