import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startTestSystem, type TestSystem } from '../setup/test-system';

const OTHER = { ENCRYPTION_KEY: '08'.repeat(32) };

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
