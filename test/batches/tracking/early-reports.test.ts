import { sweep } from '../../../src/batches/sweeping/sweep';
import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import type { Rejection } from '../../../src/providers/send-outcome';
import type { SendRequest } from '../../../src/providers/sms-provider';
import {
  acceptAll,
  createTestApp,
  mobiles,
  type ScriptedAnswer,
  type TestApp,
} from '../../setup/app-context';
import { byHand } from '../../setup/guard-states';
import { timeout } from '../sending/send-outcomes';
import { reportOf, type Sent, sentIn, webhookFixture } from './webhook-fixture';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { push, countsOf, recipient, webhookOutcomes, submitAll } = webhookFixture(() => testApp);
const busy: Rejection = {
  kind: 'rejected',
  fault: 'retryable',
  code: '-12',
  reason: 'platform fault',
  retryAfterMs: 0,
};

describe('a report that comes before the response to our own request', () => {
  /** Reports of some recipients come while the request is open; then its response comes. */
  async function submitWithEarlyReports(
    answer: (request: SendRequest, batchId: string) => ScriptedAnswer | Promise<ScriptedAnswer>,
    early = 3,
  ) {
    const batchId = await testApp.started(mobiles(10));
    let sent: Sent[] = [];
    testApp.provider.script = [
      async (request) => {
        sent = sentIn(request);
        await push(...sent.slice(0, early).map((one) => reportOf(one)));
        return answer(request, batchId);
      },
    ];
    await testApp.submit(batchId);
    return { batchId, sent };
  }
  const submissions = (batchId: string) =>
    testApp.app.db('sms_submission').where({ batch_id: batchId }).orderBy('attempt').pluck('outcome');

  test('stays when the request is accepted', async () => {
    const { batchId, sent } = await submitWithEarlyReports(acceptAll);
    expect(await countsOf(batchId)).toEqual({ delivered: 3, sending: 7, status: 'submitted' });
    expect(await recipient(sent[0]?.orderId ?? '')).toMatchObject({
      provider_message_id: sent[0]?.messageId,
      submission_id: expect.any(String),
    });
    await push(...sent.map((one) => reportOf(one)));
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
  });

  test('stays when all of them come, and the batch completes only with the response', async () => {
    const { batchId } = await submitWithEarlyReports(async (request, id) => {
      expect(await countsOf(id)).toEqual({ delivered: 10, status: 'pending' });
      return acceptAll(request);
    }, 10);
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
  });

  test('stays when the response is lost: only the others are uncertain', async () => {
    const { batchId, sent } = await submitWithEarlyReports(() => timeout);
    expect(await countsOf(batchId)).toEqual({ delivered: 3, unknown: 7, status: 'submitted' });
    await push(...sent.map((one) => reportOf(one)));
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
    expect(await submissions(batchId)).toEqual(['reconciled']);
  });

  test('proves a submission whose response is lost, if all of them come', async () => {
    const { batchId } = await submitWithEarlyReports(() => timeout, 10);
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
    expect(await submissions(batchId)).toEqual(['reconciled']);
  });

  test('stays when the provider rejects the request: recipients with a report get no second text', async () => {
    const { batchId, sent } = await submitWithEarlyReports(() => busy);
    expect(await countsOf(batchId)).toEqual({ delivered: 3, pending: 7, status: 'pending' });
    await testApp.app.db('sms_submission').update({ not_before: testApp.app.db.fn.now() });
    await submitAll(batchId);
    expect(testApp.provider.requests.map((numbers) => numbers.length)).toEqual([10, 7]);
    expect(testApp.provider.requests[1]).toEqual(sent.slice(3).map((one) => one.recipientNumber));
    expect(await countsOf(batchId)).toEqual({ delivered: 3, sending: 7, status: 'submitted' });
  });

  test('is believed between two submissions as well', async () => {
    const { batchId, sent } = await submitWithEarlyReports(() => busy, 0);
    await push(...sent.slice(0, 9).map((one) => reportOf(one)));
    await testApp.app.db('sms_submission').update({ not_before: testApp.app.db.fn.now() });
    await submitAll(batchId);
    expect(testApp.provider.requests.map((numbers) => numbers.length)).toEqual([10, 1]);
    await push(reportOf(sent[9] as Sent));
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
  });

  test('stays when the process dies, and the sweep marks the rest as unknown', async () => {
    const { batchId, sent } = await submitWithEarlyReports(acceptAll, 10);
    await byHand(testApp.app.db, async (trx) => {
      await trx('sms_batch_buka_detail').where('position', '>', 4).update({
        status: 'pending',
        provider_message_id: null,
        submission_id: null,
        settled_by: null,
        settled_at: null,
      });
      await trx('sms_batch').update({ status: 'submitting', success_count: 4, completed_at: null });
      await trx('sms_submission').update({
        outcome: 'in_flight',
        started_at: trx.raw(`now() - interval '1 hour'`),
      });
    });
    await sweep(testApp.app);
    expect(await countsOf(batchId)).toEqual({ delivered: 4, unknown: 6, status: 'submitted' });
    await push(...sent.map((one) => reportOf(one)));
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
    expect(await submissions(batchId)).toEqual(['reconciled']);
  });

  test('without our order id it is kept until the message id is known', async () => {
    const { batchId } = await submitWithEarlyReports(acceptAll, 0);
    const [one] = await testApp.app.db('sms_batch_buka_detail').where({ batch_id: batchId });
    const sent = { orderId: '', messageId: 'm-late', recipientNumber: one.recipient_number };
    await push(reportOf(sent));
    expect(await webhookOutcomes()).toEqual([null]);
    await testApp.app
      .db('sms_batch_buka_detail')
      .where({ id: one.id })
      .update({ provider_message_id: 'm-late' });
    await recordDeliveryReports(testApp.app, 'onbuka');
    expect(await countsOf(batchId)).toMatchObject({ sending: 10 });
    await testApp.app.db('webhook_inbox').update({ due_at: testApp.app.db.fn.now() });
    await recordDeliveryReports(testApp.app, 'onbuka');
    expect(await countsOf(batchId)).toMatchObject({ delivered: 1, sending: 9 });
  });
});
