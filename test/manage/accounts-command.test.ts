import { ensureTenant } from '../../src/tenants/tenant';
import { ACCOUNT, createTestApp, type TestApp } from '../setup/app-context';
import { runManage } from './run-manage';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const manage = (...command: string[]) => runManage(testApp.app.db, 'accounts', ...command);

test('lists the accounts of all workspaces, without their secrets', async () => {
  const { app, tenantId, accountId } = testApp;
  const tenant = await ensureTenant(app.db, { slackTeamId: 'T0002', name: 'Other' });
  const other = await app.accounts.save({ tenantId: tenant.id, provider: 'onbuka', name: 'second' }, ACCOUNT);
  const listed = await manage('list');
  expect(listed.split('\n').map((line) => line.split(/\s{2,}/))).toEqual([
    ['id', 'workspace', 'provider', 'name', 'sub-account', 'default'],
    [accountId, tenantId, 'onbuka', 'default', 'app', 'yes'],
    [other, tenant.id, 'onbuka', 'second', 'app', 'yes'],
  ]);
});

test("prints an account's two addresses, which end with its own secret", async () => {
  const secret = await testApp.app.accounts.findWebhookSecret(testApp.accountId);
  expect(await manage('address', testApp.accountId)).toBe(
    `https://sms.test/buka/reports/${secret}\nhttps://sms.test/buka/inbound/${secret}`,
  );
});

test.each(['999', '1x', 'none', '1'.repeat(30)])('says that no account has the id %s', async (id) => {
  await expect(manage('address', id)).rejects.toThrow('manage accounts list');
});

test('says what to do where an account has no address yet, or the key is another one', async () => {
  const { db } = testApp.app;
  await db('provider_account').update({ webhook_secret_encrypted: 'v1.AAAA.AAAA.AAAA' });
  await expect(manage('address', testApp.accountId)).rejects.toThrow('Use the key that the bot runs with');
  await db('provider_account').update({ webhook_secret_encrypted: null, webhook_secret_hash: null });
  await expect(manage('address', testApp.accountId)).rejects.toThrow('Start this version of the bot once');
});
