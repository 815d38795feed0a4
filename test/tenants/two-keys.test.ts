import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startApp } from '../../src/app';
import { parseConfig } from '../../src/config';
import { createLog } from '../../src/log';
import { createOnbukaProvider } from '../../src/providers/onbuka/onbuka';
import { createAccounts } from '../../src/tenants/accounts';
import { createSecretBox } from '../../src/tenants/secret-box';
import { OTHER_TEST_KEY, TEST_KEY } from '../setup/test-keys';
import { startTestSystem, type TestSystem } from '../setup/test-system';

const OTHER = { ENCRYPTION_KEY: OTHER_TEST_KEY };

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.close());

const stored = async () => [await system.db('provider_account'), await system.db('slack_installation')];

test('a bot with another key does not start, says what to do, and leaves what is stored as it was', async () => {
  const before = await stored();
  const started = system.startBot({ ...OTHER, ROLE: 'worker' });
  await expect(started).rejects.toMatchObject({ code: 'wrong_key' });
  await expect(started).rejects.toThrow(
    /^ENCRYPTION_KEY .* the account default of workspace 1 at onbuka, the bot token of workspace T\w+\. Nothing was changed\. Start every process with the key .*docs\/OPERATIONS\.md/,
  );
  expect(await stored()).toEqual(before);
});

test('one with the same key starts beside the first', async () => {
  const bot = await system.startBot();
  expect(bot.port).toBeGreaterThan(0);
});

test('where the key is lost, what docs/OPERATIONS.md says lets a new one in', async () => {
  const text = readFileSync(resolve(__dirname, '../../docs/OPERATIONS.md'), 'utf8');
  const sql = text.split('## A lost key')[1]?.match(/```sql\n(.*?)```/s)?.[1] ?? '';
  expect(sql).toContain('slack_installation');
  await system.db.raw(sql);
  await system.startBot(OTHER);
  await expect(system.startBot()).rejects.toMatchObject({ code: 'wrong_key' });
});

/** What the bot says while it starts. */
async function logAtStart(env: Record<string, string>): Promise<string> {
  const lines: string[] = [];
  const config = parseConfig({ ...system.env, ...env });
  const bot = await startApp(config, createLog('warn', { write: (line: string) => void lines.push(line) }));
  await bot.stop();
  return lines.join('');
}

test('a key that can be guessed is refused before anything is stored with it, and warned of where something is', async () => {
  const weak = { ENCRYPTION_KEY: '07'.repeat(32) };
  const remove = async () => {
    await system.db('provider_account').update({ credentials_encrypted: '' });
    await system.db('slack_installation').delete();
  };
  await remove();
  const before = await stored();
  const started = system.startBot(weak);
  await expect(started).rejects.toMatchObject({ code: 'bad_config' });
  await expect(started).rejects.toThrow(/ENCRYPTION_KEY: can be guessed.*openssl rand -base64 32/);
  expect(await stored()).toEqual(before);

  const box = createSecretBox(Buffer.from(weak.ENCRYPTION_KEY, 'hex'));
  const accounts = createAccounts(system.db, box, { onbuka: createOnbukaProvider() });
  const { id: tenantId } = await system.db('tenant').first('id');
  const {
    BUKA_BASE_URL: baseUrl = '',
    BUKA_API_KEY: apiKey = '',
    BUKA_API_SECRET: apiSecret = '',
  } = system.env;
  const account = { credentials: { baseUrl, apiKey, apiSecret }, subAccount: 'test-app' };
  await accounts.save({ tenantId, provider: 'onbuka' }, account);
  expect(await logAtStart(weak)).toContain('ENCRYPTION_KEY can be guessed');
  await remove();
  expect(await logAtStart({ ENCRYPTION_KEY: TEST_KEY })).not.toContain('ENCRYPTION_KEY');
});
