import { sweep } from '../../../src/batches/sweeping/sweep';
import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import { storeWebhooks } from '../../../src/batches/tracking/store-webhook';
import { createTestApp, type TestApp } from '../../setup/app-context';
import { reportOf, type Sent, webhookFixture } from './webhook-fixture';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { push, accepted, countsOf, recipient, webhookOutcomes } = webhookFixture(() => testApp);

describe('which reports are believed', () => {
  test('reports settle recipients as they say, and the batch completes with the last', async () => {
    const { batchId, sent } = await accepted(12);
    const reports = sent.map((one, index) =>
      reportOf(one, index === 0 ? { status: 1, reason: 'UNDELIV' } : {}),
    );
    await push(...reports.slice(0, 11));
    expect(await countsOf(batchId)).toEqual({ failed: 1, delivered: 10, sending: 1, status: 'submitted' });
    await push(reports[11]);
    expect(await countsOf(batchId)).toEqual({ failed: 1, delivered: 11, status: 'completed' });
    expect(await recipient(sent[0].orderId)).toMatchObject({
      failure_reason: 'UNDELIV',
      settled_by: 'push',
      settled_at: new Date(reports[0]?.timestamp as number),
    });
    expect(new Set(await webhookOutcomes())).toEqual(new Set(['applied']));
  });

  test('a list of reports and a report without our order id are believed like single reports', async () => {
    const { batchId, sent } = await accepted(3);
    const [first, second, third] = sent.map((one) => reportOf(one));
    await push([first, second], { ...third, orderId: undefined });
    expect(await countsOf(batchId)).toEqual({ delivered: 3, status: 'completed' });
  });

  test.each<[string, (sent: [Sent, Sent, ...Sent[]]) => Record<string, unknown>, string]>([
    ['another app', () => ({ appId: 'another' }), 'disagrees'],
    ['no app', () => ({ appId: null }), 'disagrees'],
    ['another number', () => ({ mobile: '8613900139000' }), 'disagrees'],
    ['an unreadable number', () => ({ mobile: 'x' }), 'disagrees'],
    ['an unknown message id', () => ({ msgid: '2108021054011000095' }), 'disagrees'],
    ["another's message id", ([, other]) => ({ msgid: other.messageId }), 'disagrees'],
    ['an id without order id that is not ours', () => ({ orderId: '', msgid: '21080210' }), 'unmatched'],
    ["another's order id", ([, other]) => ({ orderId: other.orderId }), 'disagrees'],
  ])('a report with %s changes nothing', async (_, change, outcome) => {
    const { batchId, sent } = await accepted(2);
    await push(reportOf(sent[0], change(sent)));
    expect(await countsOf(batchId)).toEqual({ sending: 2, status: 'submitted' });
    expect(await testApp.app.db('sms_batch_cost')).toEqual([]);
    expect(await webhookOutcomes()).toEqual([outcome === 'unmatched' ? null : outcome]);
  });

  test('the log tells the operator that reports are not believed, without personal data', async () => {
    const { sent } = await accepted(2);
    const warn = jest.spyOn(testApp.app.log, 'warn');
    await push(reportOf(sent[0], { appId: 'another' }), reportOf(sent[1]), 'nonsense');
    expect(warn.mock.calls).toEqual([
      [
        { provider: 'onbuka', webhooks: 2, why: ['disagrees', 'unreadable'] },
        'delivery reports were not believed',
      ],
    ]);
  });

  test("a report with a person's own app id is believed where the text was sent with it, and no other is", async () => {
    const { accounts } = testApp.app;
    const { userId, accountId } = testApp;
    await accounts.saveSubAccount({ userId, accountId }, 'app-of-anna');
    const { batchId, sent } = await accepted(1);
    // Later texts are sent with another one.
    await accounts.saveSubAccount({ userId, accountId }, 'next-app-of-anna');
    await push(...['app', 'next-app-of-anna'].map((appId) => reportOf(sent[0], { appId })));
    expect(await countsOf(batchId)).toEqual({ sending: 1, status: 'submitted' });
    expect(await webhookOutcomes()).toEqual(['disagrees', 'disagrees']);
    await push(reportOf(sent[0], { appId: 'app-of-anna' }));
    expect(await countsOf(batchId)).toEqual({ delivered: 1, status: 'completed' });
  });

  test.each(['app', 'app-of-anna'])(
    'where nothing tells what a text was sent with, a report with either of its possible app ids is believed: %s',
    async (appId) => {
      const { batchId, sent } = await accepted(1);
      const { accounts, db } = testApp.app;
      await accounts.saveSubAccount({ userId: testApp.userId, accountId: testApp.accountId }, 'app-of-anna');
      // As a former version has left it.
      await db('sms_submission').update({ sub_account: null });
      await push(reportOf(sent[0], { appId: 'another' }));
      expect(await webhookOutcomes()).toEqual(['disagrees']);
      await push(reportOf(sent[0], { appId }));
      expect(await countsOf(batchId)).toEqual({ delivered: 1, status: 'completed' });
    },
  );

  test('a delivered is true whenever it comes, in one set or in two, and what contradicts it is kept', async () => {
    const { batchId, sent } = await accepted(4);
    const delivered = sent.map((one) => reportOf(one));
    const timestamp = Date.now() + 1_000;
    const failed = sent.map((one) => reportOf(one, { status: 1, reason: 'LATE', timestamp }));
    await push(...delivered.slice(0, 2), ...failed.reverse(), ...delivered, ...delivered);
    await push(...failed, ...delivered);
    expect(await countsOf(batchId)).toEqual({ delivered: 4, status: 'completed' });
    const kept = await testApp.app.db('sms_outcome_change').orderBy(['said_status', 'order_id']);
    const of = (one: Sent) => ({ order_id: one.orderId, was_by: 'push', said_by: 'push' });
    const inOrder = sent.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1));
    // Two failed first, and were corrected; then all were told to have failed.
    expect(kept).toMatchObject([
      ...inOrder.slice(2).map((one) => ({ ...of(one), was_status: 'failed', was_reason: 'LATE' })),
      ...inOrder.map((one) => ({ ...of(one), was_status: 'delivered', said_reason: 'LATE' })),
    ]);
    const [cost] = await testApp.app.db('sms_batch_cost');
    expect(cost).toMatchObject({ messages: 4, cost_each: '0.032000', segments_each: 1, country: 'CN' });
  });

  test('an unreadable report, or one that no table can hold, does not block its set', async () => {
    const { batchId, sent } = await accepted(3);
    await push(
      'nonsense',
      reportOf(sent[0], {
        reason: 'a\0b',
        status: 5,
        timestamp: 1e14 - 1,
        pricedetail: { pay: '1'.repeat(40), currency: 'DOLLARS', chargeCnt: 4_000_000_000 },
      }),
      reportOf(sent[1], { msgid: '9'.repeat(5_000), reason: 'x'.repeat(5_000), status: 1 }),
      reportOf(sent[2] as Sent),
    );
    expect(await countsOf(batchId)).toEqual({ delivered: 1, failed: 2, status: 'completed' });
    const { settled_at, failure_reason, cost } = await recipient(sent[0].orderId);
    expect([failure_reason, cost]).toEqual(['ab', null]);
    expect(settled_at.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(await webhookOutcomes()).toEqual(['unreadable', 'applied', 'applied', 'applied']);
  });

  test('a set that fails loses nothing', async () => {
    const { batchId, sent } = await accepted(2);
    await testApp.app.db.raw('alter table sms_batch_cost rename to away');
    await expect(push(...sent.map((one) => reportOf(one)))).rejects.toThrow('sms_batch_cost');
    expect(await countsOf(batchId)).toEqual({ sending: 2, status: 'submitted' });
    await testApp.app.db.raw('alter table away rename to sms_batch_cost');
    await Promise.all([1, 2].map(() => recordDeliveryReports(testApp.app, 'onbuka')));
    expect(await countsOf(batchId)).toEqual({ delivered: 2, status: 'completed' });
  });
});

test('a report that matches no text is given up after a day', async () => {
  await push(reportOf({ orderId: 'another-shop', messageId: '1', recipientNumber: '+8613800138000' }));
  expect(await webhookOutcomes()).toEqual([null]);
  const { db } = testApp.app;
  await db('webhook_inbox').update({
    received_at: db.raw(`now() - interval '25 hours'`),
    due_at: db.fn.now(),
  });
  await recordDeliveryReports(testApp.app, 'onbuka');
  expect(await webhookOutcomes()).toEqual(['unmatched']);
});

test('a sweep enqueues the job for waiting webhooks, and deletes those applied long ago', async () => {
  const { db } = testApp.app;
  const webhooks = ['1', '2', '3'].map((body) => ({ kind: 'report' as const, body, accountIds: null }));
  await storeWebhooks(testApp.app, 'onbuka', webhooks);
  const old = db.raw(`now() - interval '8 days'`);
  await db('webhook_inbox').where({ body: '1' }).update({ outcome: 'applied', received_at: old });
  await db('webhook_inbox').where({ body: '2' }).update({ received_at: old });
  await db.raw('delete from bulk_sms_queue._private_jobs');
  await sweep(testApp.app);
  expect(await db('webhook_inbox').orderBy('id').pluck('body')).toEqual(['2', '3']);
  const { rows } = await db.raw(`select task_identifier from bulk_sms_queue.jobs`);
  expect(rows).toContainEqual({ task_identifier: 'record-delivery-reports' });
});
