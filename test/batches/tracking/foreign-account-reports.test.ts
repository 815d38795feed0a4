import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import { recordInbound } from '../../../src/batches/tracking/record-inbound';
import { storeWebhooks } from '../../../src/batches/tracking/store-webhook';
import type { WebhookAccounts } from '../../../src/providers/provider-webhooks';
import { ensureTenant } from '../../../src/tenants/tenant';
import { createWebhookAddresses } from '../../../src/tenants/webhook-addresses';
import { ACCOUNT, createTestApp, type TestApp } from '../../setup/app-context';
import { reportOf, webhookFixture } from './webhook-fixture';

const SECRET = 'a-secret-of-the-environment';

let testApp: TestApp;
let foreignId: string;
let accounts: WebhookAccounts;
beforeEach(async () => {
  testApp = await createTestApp();
  const { app, tenantId } = testApp;
  const tenant = await ensureTenant(app.db, { slackTeamId: 'T0002', name: 'Other' });
  // With the same app id: anybody may give theirs the name of another's.
  foreignId = await app.accounts.save({ tenantId: tenant.id, provider: 'onbuka' }, ACCOUNT);
  const environment = { provider: 'onbuka', secret: SECRET, subAccount: 'app', tenantId: () => tenantId };
  const addresses = createWebhookAddresses(app.db, environment);
  accounts = {
    ofSubAccount: (subAccount) => app.accounts.listBySubAccount('onbuka', subAccount),
    atAddress: (secret) => addresses.accountsAt('onbuka', secret),
  };
});
afterEach(() => testApp.close());

const { accepted, countsOf, recipient, webhookOutcomes } = webhookFixture(() => testApp);

const secretOf = async (id: string) => (await testApp.app.accounts.findWebhookSecret(id)) ?? '';

/** Pushes a body to an address, and applies what was received. */
async function pushTo(secret: string, body: unknown, kind: 'reports' | 'inbound' = 'reports') {
  const { app, provider } = testApp;
  const url = `https://sms.test/buka/${kind}/${secret}`;
  const request = { url, headers: {}, rawBody: JSON.stringify(body) };
  const received = await provider.webhooks.receive(request, accounts);
  await storeWebhooks(app, 'onbuka', received ? [received] : []);
  await recordDeliveryReports(app, 'onbuka');
  await recordInbound(app, 'onbuka');
}

describe("a report about another workspace's text, with its order id, number and app id", () => {
  test.each(['0', '2'])(
    'is not believed at the address of another account (status %s), and not tried again',
    async (status) => {
      const { batchId, sent } = await accepted(1);
      await pushTo(
        await secretOf(foreignId),
        reportOf(sent[0], { status, pricedetail: { pay: '99', currency: 'USD' } }),
      );
      expect(await webhookOutcomes()).toEqual(['disagrees']);
      expect(await countsOf(batchId)).toMatchObject({ sending: 1 });
      expect(await recipient(sent[0].orderId)).toMatchObject({ status: 'sending', cost: null });
    },
  );

  test('is not believed in a list with one of their own either, and then the true one counts', async () => {
    const { batchId, sent } = await accepted(2);
    await pushTo(await secretOf(foreignId), [reportOf(sent[0]), reportOf(sent[1])]);
    expect(await countsOf(batchId)).toMatchObject({ sending: 2 });
    await pushTo(await secretOf(testApp.accountId), [reportOf(sent[0]), reportOf(sent[1])]);
    expect(await countsOf(batchId)).toMatchObject({ delivered: 2 });
  });
});

test("a report is believed at its account's own address, and at that of the settings", async () => {
  const { batchId, sent } = await accepted(2);
  await pushTo(await secretOf(testApp.accountId), reportOf(sent[0]));
  await pushTo(SECRET, reportOf(sent[1]));
  expect(await webhookOutcomes()).toEqual(['applied', 'applied']);
  expect(await countsOf(batchId)).toMatchObject({ delivered: 2 });
});

test('a report of a text that was sent before the account got another app id is believed at the same addresses', async () => {
  const { batchId, sent } = await accepted(1);
  const key = { tenantId: testApp.tenantId, provider: 'onbuka' };
  await testApp.app.accounts.save(key, { ...ACCOUNT, subAccount: 'app2' });
  await pushTo(await secretOf(testApp.accountId), reportOf(sent[0]));
  expect(await countsOf(batchId)).toMatchObject({ delivered: 1 });
});

test('what a former version has stored, of which nothing tells where it came to, is believed as it was', async () => {
  const { batchId, sent } = await accepted(1);
  const former = { kind: 'report' as const, body: JSON.stringify(reportOf(sent[0])), accountIds: null };
  await storeWebhooks(testApp.app, 'onbuka', [former]);
  await recordDeliveryReports(testApp.app, 'onbuka');
  expect(await countsOf(batchId)).toMatchObject({ delivered: 1 });
});

test('a reply belongs to the workspace whose address it came to, whatever sender ID it names', async () => {
  const { app, tenantId } = testApp;
  await app.accounts.save({ tenantId, provider: 'onbuka' }, { ...ACCOUNT, senderId: 'ACME' });
  const reply = {
    mobile: '8613800138000',
    content: 'stop',
    sendid: 'ACME',
    reply_time: '2026-11-09 11:00:00',
  };
  await pushTo(await secretOf(foreignId), { ...reply, msgid: '1' }, 'inbound');
  await pushTo(SECRET, { ...reply, msgid: '2' }, 'inbound');
  const foreign = await app.db('provider_account').where({ id: foreignId }).first();
  const stored = await app.db('sms_inbound_message').orderBy('id').pluck('tenant_id');
  expect(stored).toEqual([foreign.tenant_id, tenantId]);
});
