import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccounts } from '../../src/tenants/accounts';
import { ensureUser } from '../../src/tenants/person';
import { createSecretBox, developmentKey, SecretUnreadable } from '../../src/tenants/secret-box';
import { ensureTenant } from '../../src/tenants/tenant';
import { createTestDatabase, type TestDatabase } from '../setup/database';

const box = createSecretBox(Buffer.alloc(32, 1));

test('a secret opens only with its key and its aad', () => {
  const sealed = box.seal('hush', 'tenant:1');
  expect(sealed).not.toContain('hush');
  expect(box.open(sealed, 'tenant:1')).toBe('hush');
  expect(() => box.open(sealed, 'tenant:2')).toThrow(SecretUnreadable);
  expect(() => createSecretBox(Buffer.alloc(32, 2)).open(sealed, 'tenant:1')).toThrow(SecretUnreadable);
  expect(() => box.open(`${sealed.slice(0, -2)}AA`, 'tenant:1')).toThrow(SecretUnreadable);
  expect(() => box.open('hush', 'tenant:1')).toThrow(SecretUnreadable);
});

test('the same secret is never stored the same way twice', () => {
  expect(box.seal('hush', 'x')).not.toBe(box.seal('hush', 'x'));
});

test('a development key is created once, readable by its owner only', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sms-key-'));
  const keys = await Promise.all([developmentKey(directory), developmentKey(directory)]);
  expect(await developmentKey(directory)).toEqual(keys[0]);
  expect(keys[0]).toHaveLength(32);
  expect((await stat(join(directory, 'development-encryption-key'))).mode & 0o777).toBe(0o600);
  await rm(directory, { recursive: true });
});

describe('accounts', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test("a person's own app id wins over the workspace's, and the secret is stored sealed", async () => {
    const { knex } = database;
    const book = createAccounts(knex, box);
    const tenant = await ensureTenant(knex, { slackTeamId: 'T1', name: 'One' });
    const seen = { tenantId: tenant.id, slackUserId: 'U1', locale: 'en-US', timeZone: 'UTC' };
    const person = await ensureUser(knex, { ...seen, role: 'member' });
    const key = { tenantId: tenant.id, userId: person.id, provider: 'onbuka' };
    expect(await book.find(key)).toBeNull();

    const account = { baseUrl: 'http://127.0.0.1/v3', apiKey: 'k', apiSecret: 'hush', appId: 'shared' };
    await book.save(key, { ...account, senderId: 'SHOP' });
    expect(await book.find(key)).toMatchObject({ account, defaultSenderId: 'SHOP' });
    expect(JSON.stringify(await knex('tenant_channel_config'))).not.toContain('hush');

    await book.saveAppId(key, 'own');
    expect((await book.find(key))?.account.appId).toBe('own');
  });
});
