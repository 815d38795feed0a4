import { leaveUncertain, resendUncertain } from '../../../src/batches/control/send-again';
import { reconcile } from '../../../src/batches/reconciling/reconcile';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import {
  accountedFor,
  holdNextRequest,
  outliveOpenRequests,
  submitAll,
  timeout,
} from '../sending/provider-answers';

let world: TestApp;
beforeEach(async () => {
  world = await createTestApp();
});
afterEach(() => world.close());

test('a time-out makes unknown, and the same recipients are never submitted again', async () => {
  const batchId = await world.started(mobiles(15));
  world.channel.script = [() => timeout];
  await submitAll(world, batchId);
  expect(world.channel.requests.flat()).toHaveLength(15);
  expect(await accountedFor(world, batchId)).toMatchObject({
    status: 'submitted',
    counts: { unknown: 10, sending: 5 },
  });
});

test('a worker that dies in a request leaves unknown, never pending', async () => {
  const batchId = await world.started(mobiles(15));
  const { asked } = holdNextRequest(world);
  void submitChunk(world.app, batchId, 0);
  await asked;
  await outliveOpenRequests(world);
  await sweep(world.app);
  expect(await accountedFor(world, batchId)).toMatchObject({ counts: { unknown: 10, waiting: 5 } });
  await submitAll(world, batchId);
  expect(world.channel.requests.flat()).toHaveLength(15);
  expect(new Set(world.channel.requests.flat()).size).toBe(15);
});

test('an answer that comes after the sweep called it unknown is still a proof', async () => {
  const batchId = await world.started(mobiles(5));
  const { asked, answer } = holdNextRequest(world);
  const turn = submitChunk(world.app, batchId, 0);
  const request = await asked;
  await outliveOpenRequests(world);
  await sweep(world.app);
  expect(await accountedFor(world, batchId)).toMatchObject({ counts: { unknown: 5 } });
  answer(acceptAll(request));
  await turn;
  expect(await accountedFor(world, batchId)).toMatchObject({ counts: { sending: 5, unknown: 0 } });
});

test('an uncertain recipient is proved by the record of the provider', async () => {
  const batchId = await world.started(mobiles(10));
  world.channel.script = [
    (request) => {
      for (const message of request.messages.slice(0, 6)) {
        world.channel.statuses.set(`late-${message.orderId}`, {
          number: message.recipientNumber,
          status: 'delivered',
        });
      }
      return timeout;
    },
  ];
  await submitAll(world, batchId);
  await reconcile(world.app, batchId);
  expect(await accountedFor(world, batchId)).toMatchObject({ counts: { delivered: 6, unknown: 4 } });
  expect(world.channel.requests.flat()).toHaveLength(10);
});

test('a record that could belong to two recipients proves nothing', async () => {
  const first = await world.started(mobiles(1));
  const second = await world.started(mobiles(1));
  world.channel.script = [() => timeout, () => timeout];
  await submitAll(world, first, 2);
  await submitAll(world, second, 2);
  world.channel.statuses.set('m-1', { number: '+8613800138000', status: 'delivered' });
  await reconcile(world.app, first);
  await reconcile(world.app, second);
  expect(await accountedFor(world, first)).toMatchObject({ counts: { unknown: 1 } });
  expect(await accountedFor(world, second)).toMatchObject({ counts: { unknown: 1 } });
});

test('where two attempts at one number are uncertain, the time of the record decides', async () => {
  const first = await world.started(mobiles(1));
  const second = await world.started(mobiles(1));
  world.channel.script = [() => timeout, () => timeout];
  await submitAll(world, first, 2);
  await submitAll(world, second, 2);
  const at = world.app.db.raw(`now() - interval '1 hour'`);
  await world.app.db('sms_submission').where({ batch_id: first }).update({ started_at: at, finished_at: at });
  world.channel.statuses.set('m-1', {
    number: '+8613800138000',
    status: 'delivered',
    sentAt: new Date(Date.now() - 3_600_000).toISOString(),
  });
  await reconcile(world.app, second);
  expect(await accountedFor(world, second)).toMatchObject({ counts: { unknown: 1 } });
  await reconcile(world.app, first);
  expect(await accountedFor(world, first)).toMatchObject({ counts: { delivered: 1 } });
});

test('people are asked about who stays uncertain; left, the batch completes; sent again, they are new attempts', async () => {
  const first = await world.started(mobiles(2));
  const second = await world.started(mobiles(2, 13_900_139_000));
  for (const batchId of [first, second]) {
    world.channel.script = [() => timeout];
    await submitAll(world, batchId, 2);
    await world.app
      .db('sms_submission')
      .where({ batch_id: batchId })
      .update({
        started_at: world.app.db.raw(`now() - interval '1 hour'`),
        finished_at: world.app.db.raw(`now() - interval '1 hour'`),
      });
    await reconcile(world.app, batchId);
    expect(await world.batch(batchId)).toMatchObject({ attention: 'uncertain', status: 'submitted' });
  }
  const call = { tenantId: world.tenantId, userId: world.userId };
  expect(await leaveUncertain(world.app, { ...call, batchId: first })).toBe(true);
  expect(await leaveUncertain(world.app, { ...call, batchId: first })).toBe(false);
  expect(await accountedFor(world, first)).toMatchObject({ status: 'completed', counts: { unknown: 2 } });

  expect(await resendUncertain(world.app, { ...call, batchId: second })).toEqual({
    kind: 'started',
    recipients: 2,
  });
  await submitAll(world, second);
  expect(await accountedFor(world, second)).toMatchObject({
    status: 'submitted',
    counts: { sending: 2, unknown: 0 },
  });
});

test('three unclear answers in a row hold the account; then one small request asks the way', async () => {
  const batchId = await world.started(mobiles(60));
  world.channel.maxMessagesPerSend = 20;
  const second = await world.started(mobiles(60, 13_900_139_000));
  world.channel.script = [() => timeout, () => timeout, () => timeout];
  await submitAll(world, batchId);
  await submitAll(world, second);
  expect(world.channel.requests.map((numbers) => numbers.length)).toEqual([10, 10, 10]);
  expect(await accountedFor(world, batchId)).toMatchObject({
    status: 'pending',
    isHeld: true,
    counts: { unknown: 30, waiting: 30 },
  });

  await world.app.db('tenant_channel_config').update({ held_until: world.app.db.fn.now() });
  await submitAll(world, second);
  expect(world.channel.requests.map((numbers) => numbers.length)).toEqual([10, 10, 10, 10, 20, 20, 10]);
  expect(await accountedFor(world, second)).toMatchObject({
    status: 'submitted',
    isHeld: false,
    counts: { sending: 60 },
  });
});
