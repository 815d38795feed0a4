import { resendUncertain } from '../../../src/batches/control/send-again';
import { findProofs } from '../../../src/batches/reconciling/find-proofs';
import { matchRecords, mergeRanges, timeRangeOf } from '../../../src/batches/reconciling/match-records';
import { idInAccount } from '../../../src/batches/store/message-ids';
import { addToInbox } from '../../../src/batches/store/webhook-inbox';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import { acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { expireOpenRequests, holdNextRequest, timeout, uncertainSince } from '../sending/send-outcomes';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NUMBER = '+8613800138000';
/** What an attempt was sent with, and whose list holds a record. */
const SENT_WITH = { account_id: '1', sub_account: 'app', address: 'https://buka' };
const LISTED_BY = { accountId: '1', subAccount: 'app', address: null };

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

function providerHas(messageId: string, agoMs: number): void {
  const sentAt = new Date(Date.now() - agoMs).toISOString();
  testApp.provider.statuses.set(messageId, { number: NUMBER, status: 'delivered', sentAt });
}

test('a record of another sender to the same number, at another time, proves nothing', async () => {
  const batchId = await uncertainSince(testApp, 3 * HOUR_MS);
  providerHas('of-the-shop', 2 * HOUR_MS);
  providerHas('of-the-bank', 4 * HOUR_MS);
  await testApp.reconcile(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
  providerHas('ours', 3 * HOUR_MS - MINUTE_MS);
  await testApp.reconcile(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ delivered: 1 });
});

test('a text sent while no process ran does not prove a request that was cut off before', async () => {
  const batchId = await uncertainSince(testApp, 8 * HOUR_MS);
  // The sweep at the next start settles the submission, hours after the call was over.
  await testApp.app.db('sms_submission').update({ finished_at: testApp.app.db.fn.now() });
  providerHas('of-the-night', 4 * HOUR_MS);
  await testApp.reconcile(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
});

test('two attempts closer together than clocks may differ both stay unknown', async () => {
  const first = await uncertainSince(testApp, 2 * HOUR_MS);
  const second = await uncertainSince(testApp, 2 * HOUR_MS - 1.8 * MINUTE_MS);
  // The first one's record, by a clock that is less than two minutes ahead: it looks like the second's.
  providerHas('m-1', 2 * HOUR_MS - 1.9 * MINUTE_MS);
  await testApp.reconcile(second);
  await testApp.reconcile(first);
  expect(await testApp.recipients(first)).toEqual({ unknown: 1 });
  expect(await testApp.recipients(second)).toEqual({ unknown: 1 });
});

test('two records in the time range of one attempt prove nothing', async () => {
  const batchId = await uncertainSince(testApp, 2 * HOUR_MS);
  providerHas('m-1', 2 * HOUR_MS);
  providerHas('m-2', 2 * HOUR_MS - MINUTE_MS);
  await testApp.reconcile(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
});

test('a text settled by a report without a message id keeps its record from proving another attempt', async () => {
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
  const webhook = { body: JSON.stringify(report), accountIds: null };
  await testApp.app.db.transaction((trx) => addToInbox(trx, of, [webhook]));
  await recordDeliveryReports(testApp.app, 'onbuka');
  expect(await testApp.recipients(first)).toEqual({ delivered: 1 });
  // This id is unknown, but the record is the first one's.
  providerHas('m-1', 2 * HOUR_MS);
  await testApp.reconcile(second);
  expect(await testApp.recipients(second)).toEqual({ unknown: 1 });
});

test('what a sub-account sent proves no text that was sent with another, even if it is the one of today', async () => {
  const { app, provider, userId, accountId } = testApp;
  const batchId = await uncertainSince(testApp, 2 * HOUR_MS);
  await app.accounts.saveSubAccount({ userId, accountId }, 'own');
  providerHas('m-1', 2 * HOUR_MS);
  const list = provider.queryMessageStatusByTimeRange;
  const isListedBy = (subAccount: string) => {
    provider.queryMessageStatusByTimeRange = async function* (account, ...asked) {
      if (account.subAccount === subAccount) yield* list(account, ...asked);
    };
  };
  isListedBy('own');
  await testApp.reconcile(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
  isListedBy('app');
  await testApp.reconcile(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ delivered: 1 });
});

test('uncertain attempts of different hours are queried one by one', async () => {
  const batchId = await testApp.started(mobiles(20));
  testApp.provider.script = [() => timeout, () => timeout];
  await testApp.submit(batchId);
  await testApp.submit(batchId);
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
  await testApp.reconcile(batchId);
  expect(asked).toHaveLength(2);
  expect(Math.max(...asked)).toBeLessThan(HOUR_MS);
});

test('a result that comes after a person has sent again adds message ids to the history', async () => {
  const batchId = await testApp.started(mobiles(2));
  const { asked, answer } = holdNextRequest(testApp);
  const turn = testApp.submit(batchId);
  const request = await asked;
  const { db } = testApp.app;
  await expireOpenRequests(testApp);
  await sweep(testApp.app);
  expect(await resendUncertain(testApp.app, testApp.actor, { batchId })).toMatchObject({ recipients: 2 });
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
    return {
      recipient_number,
      submission_id: '1',
      ...SENT_WITH,
      started_at,
      finished_at: started_at,
      age_ms: 0,
    };
  });
  const records = numbers.map((recipientNumber) => {
    return {
      ...LISTED_BY,
      messageId: `m-${recipientNumber}`,
      orderId: null,
      recipientNumber,
      status: 'delivered' as const,
      sendTime: null,
    };
  });
  const answer = { kind: 'answered' as const, result: records };
  const { proofs } = await findProofs(testApp.app.db, 'onbuka', uncertain, async () => answer);
  expect(proofs).toHaveLength(count);
});

describe('matching', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 27, 10, minute));
  const attempt = (from: number, until = from) => ({
    chunk: 1,
    order_id: 'o-1',
    recipient_number: NUMBER,
    submission_id: '1',
    ...SENT_WITH,
    started_at: at(from),
    finished_at: at(until),
    age_ms: 0,
  });
  const record = (sendTime: string | null) => ({
    ...LISTED_BY,
    messageId: 'm-1',
    orderId: null,
    recipientNumber: NUMBER,
    status: 'delivered' as const,
    sendTime,
  });

  test("a record's own time may be that of its delivery, long after the time range it was listed for", () => {
    const proofs = (sendTime: string | null) => matchRecords([attempt(0)], [record(sendTime)], [], new Set());
    expect(proofs(at(55).toISOString())).toHaveLength(1);
    expect(proofs(null)).toHaveLength(1);
    expect(proofs(at(-30).toISOString())).toEqual([]);
  });

  test('an attempt competes where its time range overlaps, and a known record proves no other attempt', () => {
    const withCompeting = (minute: number) =>
      matchRecords(
        [attempt(0)],
        [record(null)],
        [attempt(0), { ...attempt(minute), submission_id: '2' }],
        new Set(),
      );
    expect(withCompeting(12)).toEqual([]);
    expect(withCompeting(-12)).toEqual([]);
    expect(withCompeting(13)).toHaveLength(1);
    expect(withCompeting(-13)).toHaveLength(1);
    expect(
      matchRecords([attempt(0)], [record(null)], [], new Set([idInAccount(LISTED_BY.accountId, 'm-1')])),
    ).toEqual([]);
  });

  test('a record proves only an attempt of its account and sub-account, where that is known', () => {
    const proofs = (sentWith: Partial<typeof SENT_WITH> | { sub_account: null }) =>
      matchRecords([{ ...attempt(0), ...sentWith }], [record(null)], [], new Set());
    expect(proofs({ account_id: '2' })).toEqual([]);
    expect(proofs({ sub_account: 'own' })).toEqual([]);
    expect(proofs({ sub_account: null })).toHaveLength(1);
  });

  test('a clock that is set back during a call does not turn its time range around', () => {
    expect(timeRangeOf(attempt(50, 0))).toEqual(timeRangeOf(attempt(0, 50)));
  });

  test('time ranges that overlap become one query', () => {
    const joined = mergeRanges([attempt(40), attempt(0), attempt(5)].map(timeRangeOf));
    expect(joined).toEqual([timeRangeOf(attempt(0, 5)), timeRangeOf(attempt(40))]);
  });
});
