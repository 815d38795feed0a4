import { getBatchSummary } from '../../src/batches/get-batch-summary';
import { landPushes } from '../../src/batches/land-pushes';
import { pollDelivery } from '../../src/batches/poll-delivery';
import { reconcile } from '../../src/batches/reconcile';
import { recordInbound } from '../../src/batches/record-inbound';
import { recordReports } from '../../src/batches/record-reports';
import { resendUncertain, retryFailed } from '../../src/batches/send-again';
import { submitChunk } from '../../src/batches/submit-chunk';
import { sweep } from '../../src/batches/sweep';
import type { SendOutcome, SendRequest } from '../../src/channels/channel';
import { byHand } from '../setup/guard-states';
import { acceptAll, createTestHeart, mobiles, type TestHeart } from '../setup/heart';

let world: TestHeart;
beforeEach(async () => {
  world = await createTestHeart();
});
afterEach(() => world.close());

const timeout: SendOutcome = { kind: 'unknown', cause: 'timeout', reason: 'no answer in time' };
const busy: SendOutcome = {
  kind: 'rejected',
  fault: 'retryable',
  code: '-12',
  reason: 'platform fault',
  retryAfterMs: 0,
};

interface Sent {
  orderId: string;
  messageId: string;
  recipientNumber: string;
}

/** A report as Buka pushes it. */
function reportOf(sent: Sent, more: Record<string, unknown> = {}): Record<string, unknown> {
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

const sentIn = (request: SendRequest): Sent[] =>
  request.messages.map(({ orderId, recipientNumber }) => ({
    orderId,
    recipientNumber,
    messageId: `m-${orderId}`,
  }));

async function push(...bodies: unknown[]) {
  const texts = bodies.map((body) => JSON.stringify(body));
  await landPushes(world.heart, { channel: 'onbuka', kind: 'report' }, texts);
  await recordReports(world.heart, 'onbuka');
}

const outcomesOfPushes = () => world.heart.db('sms_push').orderBy('id').pluck('outcome');

async function submitAll(batchId: string, turns = 6) {
  for (let turn = 0; turn < turns; turn += 1) await submitChunk(world.heart, batchId, 0);
}

/** A batch that was accepted to the last recipient. */
async function accepted(count: number) {
  const batchId = await world.started(mobiles(count));
  const sent: Sent[] = [];
  world.channel.script = Array.from({ length: Math.ceil(count / 10) }, () => (request: SendRequest) => {
    sent.push(...sentIn(request));
    return acceptAll(request);
  });
  await submitAll(batchId);
  return { batchId, sent: sent as [Sent, Sent, ...Sent[]] };
}

/** The counts, which must be those of the rows. */
async function countsOf(batchId: string) {
  const summary = await getBatchSummary(world.heart, { tenantId: world.tenantId, batchId });
  const { total, waiting: pending, ...rest } = summary?.counts ?? { total: -1, waiting: -1 };
  const counts = Object.fromEntries(Object.entries({ pending, ...rest }).filter(([, count]) => count !== 0));
  expect(await world.recipients(batchId)).toEqual(counts);
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total);
  return { ...counts, status: summary?.status };
}

const recipient = (orderId: string) =>
  world.heart.db('sms_batch_buka_detail').where({ order_id: orderId }).first();

describe('what is believed', () => {
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
    expect(new Set(await outcomesOfPushes())).toEqual(new Set(['applied']));
  });

  test('a list is as good as single reports, and so is a report without our order id', async () => {
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
    expect(await world.heart.db('sms_batch_cost')).toEqual([]);
    expect(await outcomesOfPushes()).toEqual([outcome === 'unmatched' ? null : outcome]);
  });

  test("a person's own app id is as good as the workspace's", async () => {
    const { batchId, sent } = await accepted(1);
    await world.heart.accounts.saveAppId({ userId: world.userId, channel: 'onbuka' }, 'app-of-anna');
    await push(reportOf(sent[0], { appId: 'app-of-anna' }));
    expect(await countsOf(batchId)).toEqual({ delivered: 1, status: 'completed' });
  });

  test('the first outcome stands: in one set or in two, whatever comes twice, late or otherwise', async () => {
    const { batchId, sent } = await accepted(4);
    const delivered = sent.map((one) => reportOf(one));
    const failed = sent.map((one) => reportOf(one, { status: 1, reason: 'LATE' }));
    await push(...delivered.slice(0, 2), ...failed.reverse(), ...delivered, ...delivered);
    await push(...failed, ...delivered);
    expect(await countsOf(batchId)).toEqual({ delivered: 2, failed: 2, status: 'completed' });
    const [cost] = await world.heart.db('sms_batch_cost');
    expect(cost).toMatchObject({ messages: 4, cost_each: '0.032000', segments_each: 1, country: 'CN' });
  });

  test('what cannot be read, and what no table can hold, does not keep the rest of its set', async () => {
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
    expect(await outcomesOfPushes()).toEqual(['unreadable', 'applied', 'applied', 'applied']);
  });

  test('a set that fails loses nothing', async () => {
    const { batchId, sent } = await accepted(2);
    await world.heart.db.raw('alter table sms_batch_cost rename to away');
    await expect(push(...sent.map((one) => reportOf(one)))).rejects.toThrow('sms_batch_cost');
    expect(await countsOf(batchId)).toEqual({ sending: 2, status: 'submitted' });
    await world.heart.db.raw('alter table away rename to sms_batch_cost');
    await Promise.all([1, 2].map(() => recordReports(world.heart, 'onbuka')));
    expect(await countsOf(batchId)).toEqual({ delivered: 2, status: 'completed' });
  });
});

describe('a report that comes before our own request was answered', () => {
  /** Reports of some recipients come while the request is open; then its answer. */
  async function submitWithEarlyReports(
    answer: (request: SendRequest, batchId: string) => SendOutcome | Promise<SendOutcome>,
    early = 3,
  ) {
    const batchId = await world.started(mobiles(10));
    let sent: Sent[] = [];
    world.channel.script = [
      async (request) => {
        sent = sentIn(request);
        await push(...sent.slice(0, early).map((one) => reportOf(one)));
        return answer(request, batchId);
      },
    ];
    await submitChunk(world.heart, batchId, 0);
    return { batchId, sent };
  }
  const submissions = (batchId: string) =>
    world.heart.db('sms_submission').where({ batch_id: batchId }).orderBy('attempt').pluck('outcome');

  test('stands when the request is accepted', async () => {
    const { batchId, sent } = await submitWithEarlyReports(acceptAll);
    expect(await countsOf(batchId)).toEqual({ delivered: 3, sending: 7, status: 'submitted' });
    expect(await recipient(sent[0]?.orderId ?? '')).toMatchObject({
      provider_message_id: sent[0]?.messageId,
      submission_id: expect.any(String),
    });
    await push(...sent.map((one) => reportOf(one)));
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
  });

  test('stands when all of them come, and the batch completes only with the answer', async () => {
    const { batchId } = await submitWithEarlyReports(async (request, id) => {
      expect(await countsOf(id)).toEqual({ delivered: 10, status: 'pending' });
      return acceptAll(request);
    }, 10);
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
  });

  test('stands when the answer is lost: only the others are uncertain', async () => {
    const { batchId, sent } = await submitWithEarlyReports(() => timeout);
    expect(await countsOf(batchId)).toEqual({ delivered: 3, unknown: 7, status: 'submitted' });
    await push(...sent.map((one) => reportOf(one)));
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
    expect(await submissions(batchId)).toEqual(['reconciled']);
  });

  test('proves a submission whose answer is lost, if all of them come', async () => {
    const { batchId } = await submitWithEarlyReports(() => timeout, 10);
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
    expect(await submissions(batchId)).toEqual(['reconciled']);
  });

  test('stands when the provider says that it took nothing: who has it is not sent it again', async () => {
    const { batchId, sent } = await submitWithEarlyReports(() => busy);
    expect(await countsOf(batchId)).toEqual({ delivered: 3, pending: 7, status: 'pending' });
    await world.heart.db('sms_submission').update({ not_before: world.heart.db.fn.now() });
    await submitAll(batchId);
    expect(world.channel.requests.map((numbers) => numbers.length)).toEqual([10, 7]);
    expect(world.channel.requests[1]).toEqual(sent.slice(3).map((one) => one.recipientNumber));
    expect(await countsOf(batchId)).toEqual({ delivered: 3, sending: 7, status: 'submitted' });
  });

  test('is believed between two attempts as well', async () => {
    const { batchId, sent } = await submitWithEarlyReports(() => busy, 0);
    await push(...sent.slice(0, 9).map((one) => reportOf(one)));
    await world.heart.db('sms_submission').update({ not_before: world.heart.db.fn.now() });
    await submitAll(batchId);
    expect(world.channel.requests.map((numbers) => numbers.length)).toEqual([10, 1]);
    await push(reportOf(sent[9] as Sent));
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
  });

  test('stands when the process died, and the sweep calls the rest unknown', async () => {
    const { batchId, sent } = await submitWithEarlyReports(acceptAll, 10);
    await byHand(world.heart.db, async (trx) => {
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
    await sweep(world.heart);
    expect(await countsOf(batchId)).toEqual({ delivered: 4, unknown: 6, status: 'submitted' });
    await push(...sent.map((one) => reportOf(one)));
    expect(await countsOf(batchId)).toEqual({ delivered: 10, status: 'completed' });
    expect(await submissions(batchId)).toEqual(['reconciled']);
  });

  test('without our order id it is kept until the message id is known', async () => {
    const { batchId } = await submitWithEarlyReports(acceptAll, 0);
    const [one] = await world.heart.db('sms_batch_buka_detail').where({ batch_id: batchId });
    const sent = { orderId: '', messageId: 'm-late', recipientNumber: one.recipient_number };
    await push(reportOf(sent));
    expect(await outcomesOfPushes()).toEqual([null]);
    await world.heart
      .db('sms_batch_buka_detail')
      .where({ id: one.id })
      .update({ provider_message_id: 'm-late' });
    await recordReports(world.heart, 'onbuka');
    expect(await countsOf(batchId)).toMatchObject({ sending: 10 });
    await world.heart.db('sms_push').update({ due_at: world.heart.db.fn.now() });
    await recordReports(world.heart, 'onbuka');
    expect(await countsOf(batchId)).toMatchObject({ delivered: 1, sending: 9 });
  });
});

test('what names nobody is given up after a day', async () => {
  await push(reportOf({ orderId: 'another-shop', messageId: '1', recipientNumber: '+8613800138000' }));
  expect(await outcomesOfPushes()).toEqual([null]);
  const { db } = world.heart;
  await db('sms_push').update({ received_at: db.raw(`now() - interval '25 hours'`), due_at: db.fn.now() });
  await recordReports(world.heart, 'onbuka');
  expect(await outcomesOfPushes()).toEqual(['unmatched']);
});

test('a sweep wakes what was left lying, and deletes what was applied long ago', async () => {
  const { db } = world.heart;
  await landPushes(world.heart, { channel: 'onbuka', kind: 'report' }, ['1', '2', '3']);
  const old = db.raw(`now() - interval '8 days'`);
  await db('sms_push').where({ body: '1' }).update({ outcome: 'applied', received_at: old });
  await db('sms_push').where({ body: '2' }).update({ received_at: old });
  await db.raw('delete from graphile_worker._private_jobs');
  await sweep(world.heart);
  expect(await db('sms_push').orderBy('id').pluck('body')).toEqual(['2', '3']);
  const { rows } = await db.raw(`select task_identifier from graphile_worker.jobs`);
  expect(rows).toContainEqual({ task_identifier: 'record-reports' });
});

describe('attempts that a person put aside', () => {
  test('a report of the former attempt goes to the history and settles nothing', async () => {
    const { batchId, sent } = await accepted(2);
    await push(...sent.map((one) => reportOf(one, { status: 1, reason: 'UNDELIV' })));
    await retryFailed(world.heart, { tenantId: world.tenantId, userId: world.userId, batchId });
    await submitAll(batchId);
    await push(...sent.map((one) => reportOf(one)));
    expect(await countsOf(batchId)).toEqual({ sending: 2, status: 'submitted' });
    const attempts = await world.heart.db('sms_recipient_attempt');
    expect(attempts).toHaveLength(2);
    expect(attempts[0]).toMatchObject({ status: 'failed', settled_by: 'push', cost: '0.032000' });
    const [cost] = await world.heart.db('sms_batch_cost');
    expect(cost).toMatchObject({ messages: 2 });
  });

  test('what became of an uncertain one is told there', async () => {
    const batchId = await world.started(mobiles(2));
    let sent: Sent[] = [];
    world.channel.script = [
      (request) => {
        sent = sentIn(request);
        return timeout;
      },
    ];
    await submitAll(batchId, 2);
    await resendUncertain(world.heart, { tenantId: world.tenantId, userId: world.userId, batchId });
    await submitAll(batchId);
    await push(...sent.map((one) => reportOf(one, { msgid: `first-${one.orderId}` })));
    expect(await countsOf(batchId)).toEqual({ sending: 2, status: 'submitted' });
    expect(await world.heart.db('sms_recipient_attempt').orderBy('id')).toMatchObject(
      sent.map((one) => ({
        status: 'delivered',
        settled_by: 'push',
        provider_message_id: `first-${one.orderId}`,
        cost: '0.032000',
      })),
    );
  });
});

describe('beside polling', () => {
  test('the poll is silent while reports come, and asks about the rest afterwards', async () => {
    const { batchId, sent } = await accepted(3);
    const asked = jest.spyOn(world.channel, 'queryMessageStatusByIds');
    world.heart.settings.deliveryPollMs = 60_000;
    await push(reportOf(sent[0]));
    await pollDelivery(world.heart, batchId);
    expect(asked).not.toHaveBeenCalled();
    const { db } = world.heart;
    await db('sms_batch').update({ reported_at: db.raw(`now() - interval '61 s'`) });
    await pollDelivery(world.heart, batchId);
    expect(asked.mock.calls.map(([, ids]) => ids.length)).toEqual([2]);
  });

  test('reports that trickle in for ever do not keep it silent for ever', async () => {
    const { batchId, sent } = await accepted(2);
    const asked = jest.spyOn(world.channel, 'queryMessageStatusByIds');
    world.heart.settings.deliveryPollMs = 60_000;
    await push(reportOf(sent[0]));
    const { db } = world.heart;
    await db('sms_batch').update({ started_at: db.raw(`now() - interval '16 minutes'`) });
    await pollDelivery(world.heart, batchId);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('what the poll settled first gets its price from the report, once', async () => {
    const { batchId, sent } = await accepted(1);
    for (const one of world.channel.statuses.values()) one.status = 'delivered';
    await pollDelivery(world.heart, batchId);
    await push(reportOf(sent[0]), reportOf(sent[0]));
    await push(reportOf(sent[0]));
    expect(await recipient(sent[0].orderId)).toMatchObject({
      settled_by: 'poll',
      cost: '0.032000',
      currency: 'USD',
      segments_charged: 1,
    });
    const [cost] = await world.heart.db('sms_batch_cost');
    expect(cost).toMatchObject({ messages: 1 });
    expect(await countsOf(batchId)).toEqual({ delivered: 1, status: 'completed' });
  });

  test('reports and the records of the provider prove an uncertain batch together', async () => {
    const batchId = await world.started(mobiles(2));
    let sent: Sent[] = [];
    world.channel.script = [
      (request) => {
        sent = sentIn(request);
        return timeout;
      },
    ];
    await submitAll(batchId, 2);
    const [first, second] = sent as [Sent, Sent];
    await push(reportOf(first));
    world.channel.statuses.set(first.messageId, { number: first.recipientNumber, status: 'delivered' });
    world.channel.statuses.set(second.messageId, { number: second.recipientNumber, status: 'failed' });
    await reconcile(world.heart, batchId);
    expect(await countsOf(batchId)).toEqual({ delivered: 1, failed: 1, status: 'completed' });
    expect(await recipient(second.orderId)).toMatchObject({ settled_by: 'reconcile' });
  });
});

describe('replies', () => {
  const reply = {
    msgid: '77',
    mobile: '8613800138000',
    content: 'stop',
    sendid: 'ACME',
    reply_time: '2026-11-09 11:00:00',
  };
  async function receive(...bodies: unknown[]) {
    const texts = bodies.map((body) => JSON.stringify(body));
    await landPushes(world.heart, { channel: 'onbuka', kind: 'inbound' }, texts);
    await recordInbound(world.heart, 'onbuka');
  }
  const stored = () => world.heart.db('sms_inbound_message').orderBy('id');

  test('are stored once each, with the only workspace that can be meant', async () => {
    await receive(reply, reply, [reply, { ...reply, msgid: '78', content: 'again' }], 'nonsense');
    await receive(reply);
    expect(await stored()).toMatchObject([
      {
        tenant_id: world.tenantId,
        provider_message_id: '77',
        from_number: '+8613800138000',
        to_sender_id: 'ACME',
        content: 'stop',
        received_at: expect.any(Date),
      },
      { provider_message_id: '78', content: 'again' },
    ]);
    expect(await outcomesOfPushes()).toEqual(['applied', 'applied', 'applied', 'unreadable', 'applied']);
  });

  test('belong to the workspace that sends with that ID, and to none where that is in doubt', async () => {
    const { db } = world.heart;
    const [other] = await db('tenant').insert({ slack_team_id: 'T0002', name: 'Other' }).returning('id');
    const [config] = await db('tenant_channel_config');
    await db('tenant_channel_config').insert({ ...config, tenant_id: other.id, sender_id: 'ACME' });
    await receive(reply, { ...reply, msgid: '79', sendid: 'NOBODY' });
    expect((await stored()).map((one) => one.tenant_id)).toEqual([other.id, null]);
  });
});
