import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import { storeWebhooks } from '../../../src/batches/tracking/store-webhook';
import { getBatchSummary } from '../../../src/batches/views/get-batch-summary';
import type { SendRequest } from '../../../src/providers/sms-provider';
import { acceptAll, mobiles, type TestApp } from '../../setup/app-context';

/** A text that the provider has accepted. */
export interface Sent {
  orderId: string;
  messageId: string;
  recipientNumber: string;
}

/** A delivery report as Buka sends it. */
export function reportOf(sent: Sent, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    appId: 'app',
    msgid: sent.messageId,
    orderId: sent.orderId,
    mobile: sent.recipientNumber.slice(1),
    status: 0,
    reason: '0',
    timestamp: Date.now(),
    pricedetail: { pay: '0.032', currency: 'USD', chargeCnt: 1, price: '0.032' },
    ...more,
  };
}

export const sentIn = (request: SendRequest): Sent[] =>
  request.messages.map(({ orderId, recipientNumber }) => ({
    orderId,
    recipientNumber,
    messageId: `m-${orderId}`,
  }));

/** What the tests of delivery reports do to their test app, which is a new one for each test. */
export function webhookFixture(getTestApp: () => TestApp) {
  return { push, accepted, countsOf, recipient, webhookOutcomes, submitAll };

  async function push(...bodies: unknown[]) {
    const webhooks = bodies.map((body) => ({
      kind: 'report' as const,
      body: JSON.stringify(body),
      accountIds: null,
    }));
    const { app } = getTestApp();
    await storeWebhooks(app, 'onbuka', webhooks);
    await recordDeliveryReports(app, 'onbuka');
  }

  function webhookOutcomes() {
    return getTestApp().app.db('webhook_inbox').orderBy('id').pluck('outcome');
  }

  async function submitAll(batchId: string, turns = 6) {
    for (let turn = 0; turn < turns; turn += 1) await getTestApp().submit(batchId);
  }

  /** A batch whose recipients are all accepted. */
  async function accepted(count: number) {
    const testApp = getTestApp();
    const batchId = await testApp.started(mobiles(count));
    const sent: Sent[] = [];
    testApp.provider.script = Array.from({ length: Math.ceil(count / 10) }, () => (request: SendRequest) => {
      sent.push(...sentIn(request));
      return acceptAll(request);
    });
    await submitAll(batchId);
    return { batchId, sent: sent as [Sent, Sent, ...Sent[]] };
  }

  /** The counts, after checking that they match the rows. */
  async function countsOf(batchId: string) {
    const testApp = getTestApp();
    const summary = await getBatchSummary(testApp.app, testApp.actor, batchId);
    const { total, waiting: pending, ...rest } = summary?.counts ?? { total: -1, waiting: -1 };
    const counts = Object.fromEntries(
      Object.entries({ pending, ...rest }).filter(([, count]) => count !== 0),
    );
    expect(await testApp.recipients(batchId)).toEqual(counts);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total);
    return { ...counts, status: summary?.status };
  }

  function recipient(orderId: string) {
    return getTestApp().app.db('sms_batch_buka_detail').where({ order_id: orderId }).first();
  }
}
