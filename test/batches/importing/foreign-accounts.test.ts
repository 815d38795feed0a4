import { chooseAccounts } from '../../../src/batches/importing/choose-accounts';
import { createBatch } from '../../../src/batches/importing/create-batch';
import {
  addBatchAccounts,
  listBatchAccounts,
  listProviders,
} from '../../../src/batches/store/batch-accounts';
import { ensureTenant } from '../../../src/tenants/tenant';
import { ACCOUNT, createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
/** An account of another workspace. */
let foreign: string;
let otherTenant: string;
beforeEach(async () => {
  testApp = await createTestApp();
  const { app } = testApp;
  otherTenant = (await ensureTenant(app.db, { slackTeamId: 'T0002', name: 'Another workspace' })).id;
  foreign = await app.accounts.save({ tenantId: otherTenant, provider: 'onbuka' }, ACCOUNT);
});
afterEach(() => testApp.close());

const route = (tenantId: string, accountId: string) =>
  testApp.app.db('account_route').insert({ tenant_id: tenantId, country: 'DE', account_id: accountId });

test('the database refuses a rule to an account of another workspace', async () => {
  await expect(route(testApp.tenantId, foreign)).rejects.toThrow(
    'account_route_tenant_id_account_id_foreign',
  );
  await expect(route(otherTenant, testApp.accountId)).rejects.toThrow('foreign key');
  await route(testApp.tenantId, testApp.accountId);
  await route(otherTenant, foreign);
});

test('an import reads the rules and accounts of its own workspace only, whatever the tables hold', async () => {
  const { app, tenantId, accountId } = testApp;
  // As a hand that works on the tables could leave it.
  await app.db.raw('alter table account_route drop constraint account_route_tenant_id_account_id_foreign');
  await route(otherTenant, accountId);
  await route(tenantId, foreign);
  const choice = await chooseAccounts(app.db, { tenant_id: tenantId, account_id: null });
  expect(choice?.standard.id).toBe(accountId);
  expect([...(choice?.byCountry ?? [])]).toEqual([]);
  expect(await chooseAccounts(app.db, { tenant_id: tenantId, account_id: foreign })).toBeNull();
});

test('a draft cannot name an account of another workspace', async () => {
  const { app, actor } = testApp;
  const draft = { submitKey: 'foreign', content: 'Hello', senderId: null, defaultCountry: 'CN' };
  const sources = [{ kind: 'pasted' as const, text: mobiles(1).join('\n') }];
  const created = createBatch(app, actor, { ...draft, sources, accountId: foreign });
  await expect(created).rejects.toThrow('sms_batch_tenant_id_account_id_foreign');
  expect(await app.db('sms_batch')).toEqual([]);
});

test('a batch is sent, tracked and asked about at accounts of its own workspace only', async () => {
  const { app, accountId } = testApp;
  const { batchId } = await testApp.draft(mobiles(3));
  const before = await listBatchAccounts(app.db, batchId);
  expect(before.map(({ id }) => id)).toEqual([accountId]);
  await app.db('provider_account').where({ id: foreign }).update({ channel: 'tiny' });
  await app.db.transaction((trx) => addBatchAccounts(trx, batchId, [foreign]));
  expect(await listBatchAccounts(app.db, batchId)).toEqual(before);
  expect(await listProviders(app.db, batchId)).toEqual(['onbuka']);
});
