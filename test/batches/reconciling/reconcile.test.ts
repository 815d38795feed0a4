import { resendUncertain } from '../../../src/batches/control/send-again';
import { findProofs } from '../../../src/batches/reconciling/find-proofs';
import { matchRecords, mergeRanges, timeRangeOf } from '../../../src/batches/reconciling/match-records';
import { reconcile } from '../../../src/batches/reconciling/reconcile';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { addToInbox } from '../../../src/batches/store/webhook-inbox';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import { acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { holdNextRequest, outliveOpenRequests, timeout, uncertainSince } from '../sending/provider-answers';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NUMBER = '+8613800138000';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

function providerHas(messageId: string, agoMs: number): void {
  const sentAt = new Date(Date.now() - agoMs).toISOString();
  testApp.provider.statuses.set(messageId, { number: NUMBER, status: 'delivered', sentAt });
}

test('a text of somebody else to the same number, at another time, proves nothing', async () => {
  const batchId = await uncertainSince(testApp, 3 * HOUR_MS);
  providerHas('of-the-shop', 2 * HOUR_MS);
  providerHas('of-the-bank', 4 * HOUR_MS);
  await reconcile(testApp.app, batchId);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
  providerHas('ours', 3 * HOUR_MS - MINUTE_MS);
  await reconcile(testApp.app, batchId);
  expect(await testApp.recipients(batchId)).toEqual({ delivered: 1 });
});

test('what was sent while nobody ran is not taken for the text of a request that was cut off before', async () => {
  const batchId = await uncertainSince(testApp, 8 * HOUR_MS);
  // The sweep at the next start ends the attempt, hours after the call was over.
  await testApp.app.db('sms_submission').update({ finished_at: testApp.app.db.fn.now() });
  providerHas('of-the-night', 4 * HOUR_MS);
  await reconcile(testApp.app, batchId);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
});

test('two attempts nearer to each other than clocks may differ: the times decide nothing, both stay unknown', async () => {
  const first = await uncertainSince(testApp, 2 * HOUR_MS);
  const second = await uncertainSince(testApp, 2 * HOUR_MS - 1.8 * MINUTE_MS);
  // The first one's text, by a clock that is not two minutes ahead: it looks like the second's.
  providerHas('m-1', 2 * HOUR_MS - 1.9 * MINUTE_MS);
  await reconcile(testApp.app, second);
  await reconcile(testApp.app, first);
  expect(await testApp.recipients(first)).toEqual({ unknown: 1 });
  expect(await testApp.recipients(second)).toEqual({ unknown: 1 });
});

test('two records in the time of one attempt prove nothing', async () => {
  const batchId = await uncertainSince(testApp, 2 * HOUR_MS);
  providerHas('m-1', 2 * HOUR_MS);
  providerHas('m-2', 2 * HOUR_MS - MINUTE_MS);
  await reconcile(testApp.app, batchId);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
});

test("the record of a text that a report without a message id has proved is not another attempt's", async () => {
  const first = await uncertainSince(testApp, 2 * HOUR_MS);
  const second = await uncertainSince(testApp, 2 * HOUR_MS - MINUTE_MS);
  const { order_id: orderId } = await testApp.app
    .db('sms_batch_buka_detail')
    .where({ batch_id: first })
    .first();
  const report = {
    appId: 'app',
    orderId,
    mobile: NUMBER.slice(1),
    status: 0,
    reason: '0',
    timestamp: Date.now(),
  };
  const of = { provider: 'onbuka', kind: 'report' as const };
  await testApp.app.db.transaction((trx) => addToInbox(trx, of, [JSON.stringify(report)]));
  await recordDeliveryReports(testApp.app, 'onbuka');
  expect(await testApp.recipients(first)).toEqual({ delivered: 1 });
  // Nobody knows this id, but it is the first one's text.
  providerHas('m-1', 2 * HOUR_MS);
  await reconcile(testApp.app, second);
  expect(await testApp.recipients(second)).toEqual({ unknown: 1 });
});

test('unclear answers of different hours are asked about one by one', async () => {
  const batchId = await testApp.started(mobiles(20));
  testApp.provider.script = [() => timeout, () => timeout];
  await submitChunk(testApp.app, batchId, 0);
  await submitChunk(testApp.app, batchId, 0);
  const { db } = testApp.app;
  await db('sms_submission')
    .where({ chunk: 1 })
    .update({
      started_at: db.raw(`now() - interval '5 hours'`),
      finished_at: db.raw(`now() - interval '5 hours'`),
    });
  const asked: number[] = [];
  const ask = testApp.provider.queryMessageStatusByTimeRange;
  testApp.provider.queryMessageStatusByTimeRange = (account, from, until, options) => {
    asked.push(until.getTime() - from.getTime());
    return ask(account, from, until, options);
  };
  await reconcile(testApp.app, batchId);
  expect(asked).toHaveLength(2);
  expect(Math.max(...asked)).toBeLessThan(HOUR_MS);
});

test('an answer that comes after a person has sent again tells the history whose message it was', async () => {
  const batchId = await testApp.started(mobiles(2));
  const { asked, answer } = holdNextRequest(testApp);
  const turn = submitChunk(testApp.app, batchId, 0);
  const request = await asked;
  const { db } = testApp.app;
  await outliveOpenRequests(testApp);
  await sweep(testApp.app);
  const { tenantId, userId } = testApp;
  expect(await resendUncertain(testApp.app, { tenantId, userId, batchId })).toMatchObject({ recipients: 2 });
  answer(acceptAll(request));
  await turn;
  expect(await db('sms_send_attempt').orderBy('order_id').pluck('provider_message_id')).toEqual(
    request.messages.map(({ orderId }) => `m-${orderId}`),
  );
  expect(await testApp.recipients(batchId)).toEqual({ pending: 2 });
});

test('a night of unclear answers, 200,000 of them, is matched in one piece', async () => {
  const count = 200_000;
  const started_at = new Date();
  const numbers = Array.from({ length: count }, (_, index) => `+1${5_550_000_000 + index}`);
  const uncertain = numbers.map((recipient_number) => {
    return { recipient_number, submission_id: '1', started_at, finished_at: started_at, age_ms: 0 };
  });
  const records = numbers.map((recipientNumber) => {
    return {
      messageId: `m-${recipientNumber}`,
      recipientNumber,
      status: 'delivered' as const,
      sendTime: null,
    };
  });
  const proofs = await findProofs(testApp.app.db, 'onbuka', uncertain, async () => records);
  expect(proofs).toHaveLength(count);
});

describe('matching', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 27, 10, minute));
  const attempt = (from: number, until = from) => ({
    chunk: 1,
    order_id: 'o-1',
    recipient_number: NUMBER,
    submission_id: '1',
    started_at: at(from),
    finished_at: at(until),
    age_ms: 0,
  });
  const record = (sendTime: string | null) => ({
    messageId: 'm-1',
    recipientNumber: NUMBER,
    status: 'delivered' as const,
    sendTime,
  });

  test("a record's own time may be that of the delivery, long after the slot that it was given for", () => {
    const proofs = (sendTime: string | null) => matchRecords([attempt(0)], [record(sendTime)], [], new Set());
    expect(proofs(at(55).toISOString())).toHaveLength(1);
    expect(proofs(null)).toHaveLength(1);
    expect(proofs(at(-30).toISOString())).toEqual([]);
  });

  test("a rival is one whose slot touches, and a known message is nobody else's", () => {
    const against = (minute: number) =>
      matchRecords(
        [attempt(0)],
        [record(null)],
        [attempt(0), { ...attempt(minute), submission_id: '2' }],
        new Set(),
      );
    expect(against(12)).toEqual([]);
    expect(against(-12)).toEqual([]);
    expect(against(13)).toHaveLength(1);
    expect(against(-13)).toHaveLength(1);
    expect(matchRecords([attempt(0)], [record(null)], [], new Set(['m-1']))).toEqual([]);
  });

  test('a clock that is put back during a call does not turn its slot inside out', () => {
    expect(timeRangeOf(attempt(50, 0))).toEqual(timeRangeOf(attempt(0, 50)));
  });

  test('slots that touch are one question', () => {
    const joined = mergeRanges([attempt(40), attempt(0), attempt(5)].map(timeRangeOf));
    expect(joined).toEqual([timeRangeOf(attempt(0, 5)), timeRangeOf(attempt(40))]);
  });
});
