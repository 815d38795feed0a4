import { ensureTenant } from '../../src/tenants/tenant';
import { createWebhookAddresses } from '../../src/tenants/webhook-addresses';
import { ACCOUNT, createTestApp, type TestApp } from '../setup/app-context';

const SECRET = 'a-secret-of-the-environment';

let testApp: TestApp;
let nowMs: number;
let tenantId: string | null;
let queries: string[];
beforeEach(async () => {
  testApp = await createTestApp();
  nowMs = 1_000_000;
  tenantId = testApp.tenantId;
  queries = [];
  testApp.app.db.on('query', ({ sql }: { sql: string }) => void queries.push(sql));
});
afterEach(() => testApp.close());

function addresses(secret: string | null = SECRET) {
  const environment = { provider: 'onbuka', secret, subAccount: 'app', tenantId: () => tenantId };
  return createWebhookAddresses(testApp.app.db, environment, () => nowMs);
}

async function saveForeign(name?: string): Promise<string> {
  const tenant = await ensureTenant(testApp.app.db, { slackTeamId: 'T0002', name: 'Other' });
  return testApp.app.accounts.save(
    { tenantId: tenant.id, provider: 'onbuka', ...(name ? { name } : {}) },
    ACCOUNT,
  );
}
const secretOf = async (id: string) => (await testApp.app.accounts.findWebhookSecret(id)) ?? '';

test('an account has an address of its own, which it keeps when it is stored anew', async () => {
  const foreign = await saveForeign();
  const [own, other] = [await secretOf(testApp.accountId), await secretOf(foreign)];
  expect(own).toMatch(/^[\w-]{43}$/);
  expect(other).not.toBe(own);
  const known = addresses();
  expect(await known.accountsAt('onbuka', own)).toEqual([testApp.accountId]);
  expect(await known.accountsAt('onbuka', other)).toEqual([foreign]);
  expect(await known.accountsAt('tiny', own)).toBeNull();
  const moved = { ...ACCOUNT, subAccount: 'app2' };
  await testApp.app.accounts.save({ tenantId: testApp.tenantId, provider: 'onbuka' }, moved);
  expect(await secretOf(testApp.accountId)).toBe(own);
});

test('an account that a former version has stored gets one at the start, and keeps it at the next', async () => {
  const { app, accountId } = testApp;
  await app.db('provider_account').update({ webhook_secret_encrypted: null, webhook_secret_hash: null });
  await app.accounts.addWebhookSecrets();
  const own = await secretOf(accountId);
  await app.accounts.addWebhookSecrets();
  expect(await secretOf(accountId)).toBe(own);
  expect(await addresses().accountsAt('onbuka', own)).toEqual([accountId]);
});

test('the secret is nowhere in the database in plain text', async () => {
  const own = await secretOf(testApp.accountId);
  const rows = await testApp.app.db('provider_account');
  expect(own).not.toBe('');
  expect(JSON.stringify(rows)).not.toContain(own);
});

test("the environment's secret is that of its workspace's accounts with its sub-account, and of no other workspace", async () => {
  const { app } = testApp;
  await saveForeign();
  const key = { tenantId: testApp.tenantId, provider: 'onbuka' };
  const second = await app.accounts.save({ ...key, name: 'second' }, ACCOUNT);
  await app.accounts.save({ ...key, name: 'third' }, { ...ACCOUNT, subAccount: 'app3' });
  expect(await addresses().accountsAt('onbuka', SECRET)).toEqual([testApp.accountId, second]);
  expect(await addresses(null).accountsAt('onbuka', SECRET)).toBeNull();
});

test('while the workspace of the environment is not known, its secret cannot be told; afterwards it can', async () => {
  tenantId = null;
  const known = addresses();
  await expect(known.accountsAt('onbuka', SECRET)).rejects.toThrow('not known yet');
  tenantId = testApp.tenantId;
  nowMs += 5_000;
  expect(await known.accountsAt('onbuka', SECRET)).toEqual([testApp.accountId]);
});

test('a thousand guesses cost one look into the database in five seconds; a new account is found after them', async () => {
  const known = addresses();
  await known.accountsAt('onbuka', await secretOf(testApp.accountId));
  const foreign = await secretOf(await saveForeign());
  queries.length = 0;
  const guess = (_: unknown, index: number) => known.accountsAt('onbuka', `guess-${index}-of-a-stranger`);
  expect(new Set(await Promise.all(Array.from({ length: 1_000 }, guess)))).toEqual(new Set([null]));
  expect(queries).toEqual([]);
  expect(await known.accountsAt('onbuka', foreign)).toBeNull();
  nowMs += 5_000;
  await Promise.all(Array.from({ length: 1_000 }, guess));
  expect(queries.filter((sql) => sql.includes('webhook_secret_hash'))).toHaveLength(1);
  expect(await known.accountsAt('onbuka', foreign)).not.toBeNull();
});

test('while the database is away, what is known stays known, and a guess is not decided', async () => {
  const known = addresses();
  const own = await secretOf(testApp.accountId);
  await known.accountsAt('onbuka', own);
  nowMs += 60_000;
  await testApp.app.db.raw('alter table provider_account rename to away');
  expect(await known.accountsAt('onbuka', own)).toEqual([testApp.accountId]);
  await expect(known.accountsAt('onbuka', 'a-guess-of-a-stranger')).rejects.toThrow();
});

test('a secret that was taken away is known for a minute at most', async () => {
  const known = addresses();
  const own = await secretOf(testApp.accountId);
  await known.accountsAt('onbuka', own);
  await testApp.app.db('provider_account').update({ webhook_secret_hash: null });
  nowMs += 60_000;
  expect(await known.accountsAt('onbuka', own)).toBeNull();
});
