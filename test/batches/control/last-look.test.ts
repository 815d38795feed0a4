import { resendUncertain, retryFailed } from '../../../src/batches/control/send-again';
import { ProviderError } from '../../../src/providers/sms-provider';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { timeout } from '../sending/send-outcomes';
import { reportOf, webhookFixture } from '../tracking/webhook-fixture';

/** Nobody gets a second text before their provider was asked about the first once more. */
let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { push, accepted } = webhookFixture(() => testApp);
const away = new ProviderError('http_502', 'busy', 'The provider is away.');

/** Five whose request got no answer, though the provider has taken the texts; their people were asked. */
async function fiveUncertain(): Promise<string> {
  const batchId = await testApp.started(mobiles(5));
  testApp.provider.script = [() => timeout];
  await testApp.submit(batchId);
  const { db } = testApp.app;
  const at = db.raw(`now() - interval '1 hour'`);
  await db('sms_submission').update({ started_at: at, finished_at: at });
  await testApp.reconcile(batchId);
  expect(await testApp.batch(batchId)).toMatchObject({ alert: 'uncertain' });
  return batchId;
}

/** The provider's records have these numbers after all. */
function nowHas(numbers: string[], status: 'sending' | 'delivered' = 'sending'): void {
  for (const number of numbers) testApp.provider.statuses.set(`late-${number}`, { number, status });
}

const resend = (batchId: string, isAnyway = false) =>
  resendUncertain(testApp.app, testApp.actor, { batchId, isAnyway });
const retry = (batchId: string, more: object = {}) =>
  retryFailed(testApp.app, testApp.actor, { batchId, ...more });
const details = () => testApp.app.db('audit_event').orderBy('id', 'desc').first('action', 'detail');

describe('Send again', () => {
  test('who is in the records by now is not sent to, and the person learns how many', async () => {
    const batchId = await fiveUncertain();
    nowHas(['+8613800138000', '+8613800138001', '+8613800138002']);
    expect(await resend(batchId)).toMatchObject({ kind: 'started', recipients: 2, proved: 3, why: null });
    expect(await testApp.recipients(batchId)).toEqual({ sending: 3, pending: 2 });
    expect(await details()).toMatchObject({ detail: { recipients: 2, proved: 3, isAnyway: false } });
  });

  test('where all are, nobody is sent to', async () => {
    const batchId = await fiveUncertain();
    nowHas(
      mobiles(5).map((number) => `+86${number}`),
      'delivered',
    );
    expect(await resend(batchId)).toMatchObject({ kind: 'nobody', proved: 5 });
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 5 });
    expect(await testApp.batch(batchId)).toMatchObject({ status: 'completed', round: 1 });
  });

  test('a report that waits in the inbox proves as well', async () => {
    const batchId = await fiveUncertain();
    const row = await testApp.app.db('sms_batch_buka_detail').orderBy('id').first();
    const report = {
      appId: 'app',
      orderId: row.order_id,
      msgid: '77',
      mobile: row.recipient_number.slice(1),
      status: 0,
    };
    await testApp.app
      .db('webhook_inbox')
      .insert({ channel: 'onbuka', kind: 'report', body: JSON.stringify(report) });
    expect(await resend(batchId)).toMatchObject({ kind: 'started', recipients: 4 });
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 1, pending: 4 });
  });

  test('a provider that cannot be asked holds everybody back; a deliberate decision is written down', async () => {
    const batchId = await fiveUncertain();
    // biome-ignore lint/correctness/useYield: it fails before its first page
    testApp.provider.queryMessageStatusByTimeRange = async function* () {
      throw away;
    };
    expect(await resend(batchId)).toMatchObject({
      kind: 'nobody',
      heldBack: { no_answer: 5 },
      why: { code: 'http_502' },
    });
    expect(await testApp.recipients(batchId)).toEqual({ unknown: 5 });
    expect(await testApp.batch(batchId)).toMatchObject({ status: 'submitted', round: 1 });
    expect(await resend(batchId, true)).toMatchObject({
      kind: 'started',
      recipients: 5,
      heldBack: { no_answer: 0 },
    });
    expect(await details()).toMatchObject({
      detail: { recipients: 5, isAnyway: true, held_no_answer: 5 },
    });
  });
});

test('records that may be of the first text hold back, and so does a text whose record may be missing yet', async () => {
  const batchId = await fiveUncertain();
  const number = '+8613800138000';
  for (const id of ['one', 'other']) testApp.provider.statuses.set(id, { number, status: 'delivered' });
  expect(await resend(batchId)).toMatchObject({
    kind: 'started',
    recipients: 4,
    heldBack: { perhaps_sent: 1 },
  });
  const recent = await testApp.started(mobiles(2, 13_900_139_000));
  testApp.provider.script = [() => timeout];
  await testApp.submit(recent);
  expect(await resend(recent)).toMatchObject({ kind: 'nobody', heldBack: { too_early: 2 } });
  expect(await testApp.recipients(recent)).toEqual({ unknown: 2 });
});

test('of two who press at once, the second is not told what the first has done', async () => {
  const batchId = await fiveUncertain();
  nowHas(['+8613800138000']);
  const outcomes = await Promise.all([resend(batchId), resend(batchId)]);
  const started = outcomes.filter(({ kind }) => kind === 'started');
  expect(started).toHaveLength(1);
  expect(outcomes.find(({ kind }) => kind === 'nobody')).toMatchObject({ proved: 0 });
  expect(await testApp.recipients(batchId)).toEqual({ sending: 1, pending: 4 });
});

test('who was delivered after a retry was planned, and before it is sent, gets no second text', async () => {
  const { batchId, sent } = await accepted(3);
  for (const one of testApp.provider.statuses.values()) one.status = 'failed';
  await push(...sent.map((one) => reportOf(one, { status: 1, reason: 'EXPIRED' })));
  expect(await retry(batchId)).toMatchObject({ kind: 'started', recipients: 3 });
  await push(reportOf(sent[0], { timestamp: Date.now() + 1_000 }));
  expect(await testApp.recipients(batchId)).toEqual({ delivered: 1, pending: 2 });
  testApp.provider.requests = [];
  for (let turn = 0; turn < 3; turn += 1) await testApp.submit(batchId);
  expect(testApp.provider.requests.flat()).toHaveLength(2);
  expect(await testApp.recipients(batchId)).toEqual({ delivered: 1, sending: 2 });
  expect(await testApp.batch(batchId)).toMatchObject({ success_count: 1, failed_count: 0, sending_count: 2 });
});

describe('Retry', () => {
  async function fourFailed() {
    const { batchId, sent } = await accepted(4);
    for (const one of testApp.provider.statuses.values()) one.status = 'failed';
    const reasons = ['UNDELIV', 'EXPIRED', 'SOMETHING', ''];
    await push(...sent.map((one, index) => reportOf(one, { status: 1, reason: reasons[index] })));
    expect(await testApp.recipients(batchId)).toEqual({ failed: 4 });
    return { batchId, ids: sent.map((one) => one.messageId) };
  }
  const is = (id: string, status: 'delivered' | 'sending') =>
    Object.assign(testApp.provider.statuses.get(id) ?? {}, { status });

  test('who was delivered after all is corrected and left out, and who is on the way is held back', async () => {
    const { batchId, ids } = await fourFailed();
    is(ids[0] as string, 'delivered');
    is(ids[1] as string, 'sending');
    expect(await retry(batchId)).toMatchObject({
      kind: 'started',
      recipients: 2,
      proved: 1,
      heldBack: { on_the_way: 1 },
      why: null,
    });
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 1, failed: 1, pending: 2 });
    expect(await testApp.app.db('sms_outcome_change')).toMatchObject([
      { was_status: 'failed', was_reason: 'UNDELIV', said_status: 'delivered', said_by: 'poll' },
    ]);
  });

  test.each([
    ['temporary', 1],
    ['permanent', 1],
    ['not_told', 2],
  ] as const)('only those whose reason is %s', async (failureClass, recipients) => {
    const { batchId } = await fourFailed();
    expect(await retry(batchId, { classes: [failureClass] })).toMatchObject({ kind: 'started', recipients });
  });

  test('a provider that cannot be asked holds them back, but for those it had refused in its answer', async () => {
    const batchId = await testApp.started(mobiles(3));
    testApp.provider.script = [
      ({ messages }) => ({
        accepted: messages.slice(1).map(({ orderId }) => ({ orderId, messageId: `m-${orderId}` })),
        refused: messages.slice(0, 1).map(({ orderId }) => ({ orderId, reason: 'no' })),
        unclear: [],
        deferred: [],
        because: null,
      }),
    ];
    await testApp.submit(batchId);
    for (const one of testApp.provider.statuses.values()) one.status = 'failed';
    await testApp.poll(batchId);
    expect(await testApp.recipients(batchId)).toEqual({ failed: 3 });
    testApp.provider.queryMessageStatusByIds = () => Promise.reject(away);
    expect(await retry(batchId)).toMatchObject({
      kind: 'started',
      recipients: 1,
      heldBack: { no_answer: 2 },
    });
    expect(await testApp.recipients(batchId)).toEqual({ failed: 2, pending: 1 });
  });
});

describe('Whom an earlier attempt has reached is not sent to again', () => {
  async function failed(): Promise<{ batchId: string; first: Sent }> {
    const { batchId, sent } = await accepted(1);
    const first = sent[0] as Sent;
    await fail(first);
    return { batchId, first };
  }
  type Sent = Awaited<ReturnType<typeof accepted>>['sent'][number];
  async function fail(text: Sent): Promise<void> {
    for (const one of testApp.provider.statuses.values()) one.status = 'failed';
    await push(reportOf(text, { status: 1, reason: 'EXPIRED' }));
  }
  async function latest(): Promise<Sent> {
    const row = await testApp.app.db('sms_batch_recipient').first();
    return {
      orderId: row.order_id,
      messageId: row.provider_message_id,
      recipientNumber: row.recipient_number,
    };
  }
  async function sentAgain(batchId: string): Promise<Sent> {
    expect(await retry(batchId)).toMatchObject({ kind: 'started', recipients: 1 });
    await testApp.submit(batchId);
    return latest();
  }
  const delivered = (text: Sent) => push(reportOf(text, { timestamp: Date.now() + 1_000 }));
  const history = () =>
    testApp.app.db('sms_send_attempt').orderBy('attempt').select('attempt', 'status', 'order_id');

  test('the first was delivered, and the second fails', async () => {
    const { batchId, first } = await failed();
    const second = await sentAgain(batchId);
    await delivered(first);
    expect(await testApp.recipients(batchId)).toEqual({ sending: 1 });
    await fail(second);
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 1 });
    expect(await latest()).toEqual(first);
    expect(await history()).toEqual([{ attempt: 1, status: 'failed', order_id: second.orderId }]);
    expect(await testApp.batch(batchId)).toMatchObject({
      success_count: 1,
      failed_count: 0,
      status: 'completed',
    });
    expect(await retry(batchId)).toMatchObject({ kind: 'nobody' });
  });

  test('the second failed before, as the look finds', async () => {
    const { batchId, first } = await failed();
    await fail(await sentAgain(batchId));
    // As a version that did not know better has left it.
    await testApp.app
      .db('sms_send_attempt')
      .where({ order_id: first.orderId })
      .update({ status: 'delivered' });
    expect(await retry(batchId)).toMatchObject({ kind: 'nobody', proved: 1 });
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 1 });
  });

  test('the first is delivered while the second is in a request that the provider then puts off', async () => {
    const { batchId, first } = await failed();
    await retry(batchId);
    testApp.provider.requests = [];
    testApp.provider.script = [
      async () => {
        await delivered(first);
        return { kind: 'rejected', fault: 'retryable', code: '429', reason: 'too many' };
      },
    ];
    await testApp.submit(batchId);
    expect(testApp.provider.requests).toHaveLength(1);
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 1 });
    const { db } = testApp.app;
    await db('sms_submission')
      .where({ outcome: 'waiting' })
      .update({ not_before: db.raw('now()') });
    await db('provider_account').update({
      held_until: null,
      next_request_at: db.raw(`now() - interval '1 minute'`),
    });
    await testApp.submit(batchId);
    await testApp.submit(batchId);
    expect(testApp.provider.requests).toHaveLength(1);
    expect(await testApp.batch(batchId)).toMatchObject({ status: 'completed', success_count: 1 });
  });

  test('the first of three is delivered while the third waits', async () => {
    const { batchId, first } = await failed();
    const second = await sentAgain(batchId);
    await fail(second);
    expect(await retry(batchId)).toMatchObject({ kind: 'started' });
    testApp.provider.requests = [];
    await delivered(first);
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 1 });
    expect(await history()).toEqual([{ attempt: 1, status: 'failed', order_id: second.orderId }]);
    await testApp.submit(batchId);
    expect(testApp.provider.requests).toEqual([]);
  });

  test('nobody has answered about the second, and the first is proved', async () => {
    const { batchId, first } = await failed();
    expect(await retry(batchId)).toMatchObject({ kind: 'started' });
    testApp.provider.script = [() => timeout];
    await testApp.submit(batchId);
    expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
    await delivered(first);
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 1 });
    expect(await history()).toMatchObject([{ attempt: 1, status: 'unknown' }]);
    expect(await resend(batchId)).toMatchObject({ kind: 'nobody' });
  });
});
