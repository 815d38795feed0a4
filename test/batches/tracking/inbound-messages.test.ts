import { recordInbound } from '../../../src/batches/tracking/record-inbound';
import { storeWebhooks } from '../../../src/batches/tracking/store-webhook';
import { ACCOUNT, createTestApp, type TestApp } from '../../setup/app-context';
import { webhookFixture } from './webhook-fixture';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { webhookOutcomes } = webhookFixture(() => testApp);

describe('replies', () => {
  const reply = {
    msgid: '77',
    mobile: '8613800138000',
    content: 'stop',
    sendid: 'ACME',
    reply_time: '2026-11-09 11:00:00',
  };
  async function receive(...bodies: unknown[]) {
    const webhooks = bodies.map((body) => ({
      kind: 'inbound' as const,
      body: JSON.stringify(body),
      accountIds: null,
    }));
    await storeWebhooks(testApp.app, 'onbuka', webhooks);
    await recordInbound(testApp.app, 'onbuka');
  }
  const stored = () => testApp.app.db('sms_inbound_message').orderBy('id');

  test('are stored once each, with the only workspace they can belong to', async () => {
    await receive(reply, reply, [reply, { ...reply, msgid: '78', content: 'again' }], 'nonsense');
    await receive(reply);
    expect(await stored()).toMatchObject([
      {
        tenant_id: testApp.tenantId,
        provider_message_id: '77',
        from_number: '+8613800138000',
        to_sender_id: 'ACME',
        content: 'stop',
        received_at: expect.any(Date),
      },
      { provider_message_id: '78', content: 'again' },
    ]);
    expect(await webhookOutcomes()).toEqual(['applied', 'applied', 'applied', 'unreadable', 'applied']);
  });

  test('belong to the workspace that sends with that ID, and to none in case of doubt', async () => {
    const { db } = testApp.app;
    const [other] = await db('tenant').insert({ slack_team_id: 'T0002', name: 'Other' }).returning('id');
    const key = { tenantId: other.id, provider: 'onbuka' };
    await testApp.app.accounts.save(key, { ...ACCOUNT, senderId: 'ACME' });
    await receive(reply, { ...reply, msgid: '79', sendid: 'NOBODY' });
    expect((await stored()).map((one) => one.tenant_id)).toEqual([other.id, null]);
  });
});
