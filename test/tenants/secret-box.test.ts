import { ZodError } from 'zod';
import { createOnbukaProvider } from '../../src/providers/onbuka/onbuka';
import { createAccounts } from '../../src/tenants/accounts';
import { ensureUser } from '../../src/tenants/person';
import { createSecretBox, SecretUnreadable, WrongKey } from '../../src/tenants/secret-box';
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

describe('accounts', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const PROVIDERS = { onbuka: createOnbukaProvider() };
  const credentials = { baseUrl: 'http://127.0.0.1/v3', apiKey: 'open-key', apiSecret: 'hush' };

  async function workspace(name: string) {
    const { knex } = database;
    const tenant = await ensureTenant(knex, { slackTeamId: `T-${name}`, name });
    const seen = { tenantId: tenant.id, slackUserId: `U-${name}`, locale: 'en-US', timeZone: 'UTC' };
    const person = await ensureUser(knex, { ...seen, role: 'member' });
    return { knex, book: createAccounts(knex, box, PROVIDERS), tenantId: tenant.id, userId: person.id };
  }

  test("a person's own sub-account wins over the account's, and the credentials are stored sealed", async () => {
    const { knex, book, tenantId, userId } = await workspace('One');
    const key = { tenantId, provider: 'onbuka' };
    expect(await book.findDefault(tenantId)).toBeNull();
    expect(await book.find('0', userId)).toBeNull();

    const account = { credentials, subAccount: 'shared' };
    const id = await book.save(key, { ...account, senderId: 'SHOP' });
    expect(await book.findDefault(tenantId)).toEqual({ id, provider: 'onbuka' });
    expect(await book.find(id, userId)).toMatchObject({ id, ...key, ...account, defaultSenderId: 'SHOP' });
    const stored = JSON.stringify(await knex('provider_account'));
    expect(stored).toContain('shared');
    expect(stored).not.toMatch(/hush|open-key/);

    await book.saveSubAccount({ userId, accountId: id }, 'own');
    expect((await book.find(id, userId))?.subAccount).toBe('own');
    expect((await book.find(id, null))?.subAccount).toBe('shared');
    expect((await book.listSubAccounts(id)).map(({ subAccount }) => subAccount)).toEqual(['shared', 'own']);
  });

  test('the account is saved again in place of the former one, and its provider checks what is saved', async () => {
    const { book, tenantId, userId } = await workspace('Two');
    const key = { tenantId, provider: 'onbuka' };
    const id = await book.save(key, { credentials, subAccount: 'first' });
    const changed = { credentials: { ...credentials, apiSecret: 'another' }, subAccount: 'second' };
    expect(await book.save(key, changed)).toBe(id);
    expect(await book.find(id, userId)).toMatchObject(changed);

    const { apiSecret: _, ...incomplete } = credentials;
    await expect(book.save(key, { credentials: incomplete, subAccount: 'third' })).rejects.toThrow(ZodError);
    expect(await book.find(id, userId)).toMatchObject(changed);
  });

  test('an account that the version before has stored opens, with its secret alone sealed', async () => {
    const { knex, book, tenantId, userId } = await workspace('Three');
    const { apiSecret, ...settings } = credentials;
    const [{ id }] = await knex('provider_account')
      .insert({
        tenant_id: tenantId,
        channel: 'onbuka',
        settings,
        credentials_encrypted: box.seal(apiSecret, `tenant:${tenantId}:onbuka`),
        sub_account: 'former',
      })
      .returning('id');
    expect(await book.find(id, userId)).toMatchObject({ credentials, subAccount: 'former' });
  });

  test('an account that was sealed with another key is not stored over, until an operator has emptied it', async () => {
    const { knex, book, tenantId, userId } = await workspace('Four');
    const key = { tenantId, provider: 'onbuka' };
    const id = await book.save(key, { credentials, subAccount: 'first' });
    const stored = () => knex('provider_account').where({ id }).first();
    const before = await stored();
    const other = createAccounts(knex, createSecretBox(Buffer.alloc(32, 2)), PROVIDERS);
    const saved = other.save(key, { credentials, subAccount: 'second' });
    await expect(saved).rejects.toThrow(WrongKey);
    await expect(saved).rejects.toThrow(/ENCRYPTION_KEY .* the account default of workspace \d+ at onbuka/);
    expect(await stored()).toEqual(before);
    await knex('provider_account').where({ id }).update({ credentials_encrypted: '' });
    await expect(other.find(id, userId)).rejects.toThrow(SecretUnreadable);
    expect(await other.save(key, { credentials, subAccount: 'second' })).toBe(id);
    expect(await other.find(id, userId)).toMatchObject({ subAccount: 'second' });
  });
});
