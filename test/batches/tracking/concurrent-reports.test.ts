import { resendUncertain, retryFailed } from '../../../src/batches/control/send-again';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { timeout } from '../sending/send-outcomes';
import { reportOf, type Sent, sentIn, webhookFixture } from './webhook-fixture';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { push, accepted, countsOf, recipient, submitAll } = webhookFixture(() => testApp);

describe('send attempts that were replaced', () => {
  test('a report of a replaced attempt goes to the history and settles nothing', async () => {
    const { batchId, sent } = await accepted(2);
    await push(...sent.map((one) => reportOf(one, { status: 1, reason: 'UNDELIV' })));
    for (const one of testApp.provider.statuses.values()) one.status = 'failed';
    await retryFailed(testApp.app, testApp.actor, { batchId });
    await submitAll(batchId);
    await push(...sent.map((one) => reportOf(one)));
    expect(await countsOf(batchId)).toEqual({ sending: 2, status: 'submitted' });
    const attempts = await testApp.app.db('sms_send_attempt');
    expect(attempts).toHaveLength(2);
    // It was delivered after all: history too has the truth, and what was told before.
    expect(attempts[0]).toMatchObject({ status: 'delivered', settled_by: 'push', cost: '0.032000' });
    expect(await testApp.app.db('sms_outcome_change')).toMatchObject(
      sent.map(() => ({ attempt: 1, was_status: 'failed', was_reason: 'UNDELIV', said_status: 'delivered' })),
    );
    const [cost] = await testApp.app.db('sms_batch_cost');
    expect(cost).toMatchObject({ messages: 2 });
  });

  test('the outcome of an uncertain one is recorded there', async () => {
    const batchId = await testApp.started(mobiles(2));
    const sent = await sendUnanswered(batchId);
    testApp.app.settings.uncertainSettleMs = -1;
    await resendUncertain(testApp.app, testApp.actor, { batchId });
    await submitAll(batchId);
    await push(...sent.map((one) => reportOf(one, { msgid: `first-${one.orderId}` })));
    expect(await countsOf(batchId)).toEqual({ sending: 2, status: 'submitted' });
    expect(await testApp.app.db('sms_send_attempt').orderBy('id')).toMatchObject(
      sent.map((one) => ({
        status: 'delivered',
        settled_by: 'push',
        provider_message_id: `first-${one.orderId}`,
        cost: '0.032000',
      })),
    );
  });
});

describe('together with polling', () => {
  test('the poll waits while reports come, and queries the rest afterwards', async () => {
    const { batchId, sent } = await accepted(3);
    const asked = jest.spyOn(testApp.provider, 'queryMessageStatusByIds');
    testApp.app.settings.deliveryPollMs = 60_000;
    await push(reportOf(sent[0]));
    await testApp.poll(batchId);
    expect(asked).not.toHaveBeenCalled();
    const { db } = testApp.app;
    await db('sms_batch_account').update({ reported_at: db.raw(`now() - interval '61 s'`) });
    await testApp.poll(batchId);
    expect(asked.mock.calls.map(([, ids]) => ids.length)).toEqual([2]);
  });

  test('reports that keep coming one by one do not stop the poll', async () => {
    const { batchId, sent } = await accepted(2);
    const asked = jest.spyOn(testApp.provider, 'queryMessageStatusByIds');
    testApp.app.settings.deliveryPollMs = 60_000;
    await push(reportOf(sent[0]));
    const { db } = testApp.app;
    await db('sms_batch').update({ started_at: db.raw(`now() - interval '16 minutes'`) });
    await testApp.poll(batchId);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('a text that the poll settled first gets its price from the report, once', async () => {
    const { batchId, sent } = await accepted(1);
    for (const one of testApp.provider.statuses.values()) one.status = 'delivered';
    await testApp.poll(batchId);
    await push(reportOf(sent[0]), reportOf(sent[0]));
    await push(reportOf(sent[0]));
    expect(await recipient(sent[0].orderId)).toMatchObject({
      settled_by: 'poll',
      cost: '0.032000',
      currency: 'USD',
      segments_charged: 1,
    });
    const [cost] = await testApp.app.db('sms_batch_cost');
    expect(cost).toMatchObject({ messages: 1 });
    expect(await countsOf(batchId)).toEqual({ delivered: 1, status: 'completed' });
  });

  test("reports and the provider's records prove an uncertain batch together", async () => {
    const batchId = await testApp.started(mobiles(2));
    const [first, second] = (await sendUnanswered(batchId)) as [Sent, Sent];
    await push(reportOf(first));
    testApp.provider.statuses.set(first.messageId, { number: first.recipientNumber, status: 'delivered' });
    testApp.provider.statuses.set(second.messageId, { number: second.recipientNumber, status: 'failed' });
    await testApp.reconcile(batchId);
    expect(await countsOf(batchId)).toEqual({ delivered: 1, failed: 1, status: 'completed' });
    expect(await recipient(second.orderId)).toMatchObject({ settled_by: 'reconcile' });
  });
});

/** One request whose response is lost. Returns its texts. */
async function sendUnanswered(batchId: string): Promise<Sent[]> {
  let sent: Sent[] = [];
  testApp.provider.script = [
    (request) => {
      sent = sentIn(request);
      return timeout;
    },
  ];
  await submitAll(batchId, 2);
  return sent;
}
