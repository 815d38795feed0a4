import { leaveUncertain, resendUncertain } from '../../../src/batches/control/send-again';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import {
  accountedFor,
  expireOpenRequests,
  holdNextRequest,
  submitAll,
  timeout,
} from '../sending/send-outcomes';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

test('a time-out makes recipients unknown, and they are never submitted again', async () => {
  const batchId = await testApp.started(mobiles(15));
  testApp.provider.script = [() => timeout];
  await submitAll(testApp, batchId);
  expect(testApp.provider.requests.flat()).toHaveLength(15);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { unknown: 10, sending: 5 },
  });
});

test('a worker that dies during a request leaves its recipients unknown, never pending', async () => {
  const batchId = await testApp.started(mobiles(15));
  const { asked } = holdNextRequest(testApp);
  void testApp.submit(batchId);
  await asked;
  await expireOpenRequests(testApp);
  await sweep(testApp.app);
  expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { unknown: 10, waiting: 5 } });
  await submitAll(testApp, batchId);
  expect(testApp.provider.requests.flat()).toHaveLength(15);
  expect(new Set(testApp.provider.requests.flat()).size).toBe(15);
});

test('an answer that comes after the sweep made the submission unknown still proves it', async () => {
  const batchId = await testApp.started(mobiles(5));
  const { asked, answer } = holdNextRequest(testApp);
  const submitting = testApp.submit(batchId);
  const request = await asked;
  await expireOpenRequests(testApp);
  await sweep(testApp.app);
  expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { unknown: 5 } });
  answer(acceptAll(request));
  await submitting;
  expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { sending: 5, unknown: 0 } });
});

test('a record of the provider proves that an uncertain recipient was sent the text', async () => {
  const batchId = await testApp.started(mobiles(10));
  testApp.provider.script = [
    (request) => {
      for (const message of request.messages.slice(0, 6)) {
        testApp.provider.statuses.set(`late-${message.orderId}`, {
          number: message.recipientNumber,
          status: 'delivered',
        });
      }
      return timeout;
    },
  ];
  await submitAll(testApp, batchId);
  await testApp.reconcile(batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { delivered: 6, unknown: 4 } });
  expect(testApp.provider.requests.flat()).toHaveLength(10);
});

test('a record that could belong to two recipients proves nothing', async () => {
  const first = await testApp.started(mobiles(1));
  const second = await testApp.started(mobiles(1));
  testApp.provider.script = [() => timeout, () => timeout];
  await submitAll(testApp, first, 2);
  await submitAll(testApp, second, 2);
  testApp.provider.statuses.set('m-1', { number: '+8613800138000', status: 'delivered' });
  await testApp.reconcile(first);
  await testApp.reconcile(second);
  expect(await accountedFor(testApp, first)).toMatchObject({ counts: { unknown: 1 } });
  expect(await accountedFor(testApp, second)).toMatchObject({ counts: { unknown: 1 } });
});

test('where two send attempts at one number are uncertain, the time of the record decides', async () => {
  const first = await testApp.started(mobiles(1));
  const second = await testApp.started(mobiles(1));
  testApp.provider.script = [() => timeout, () => timeout];
  await submitAll(testApp, first, 2);
  await submitAll(testApp, second, 2);
  const at = testApp.app.db.raw(`now() - interval '1 hour'`);
  await testApp.app
    .db('sms_submission')
    .where({ batch_id: first })
    .update({ started_at: at, finished_at: at });
  testApp.provider.statuses.set('m-1', {
    number: '+8613800138000',
    status: 'delivered',
    sentAt: new Date(Date.now() - 3_600_000).toISOString(),
  });
  await testApp.reconcile(second);
  expect(await accountedFor(testApp, second)).toMatchObject({ counts: { unknown: 1 } });
  await testApp.reconcile(first);
  expect(await accountedFor(testApp, first)).toMatchObject({ counts: { delivered: 1 } });
});

test('people are asked about uncertain recipients: left, the batch completes; sent again, each has a new send attempt', async () => {
  const first = await testApp.started(mobiles(2));
  const second = await testApp.started(mobiles(2, 13_900_139_000));
  for (const batchId of [first, second]) {
    testApp.provider.script = [() => timeout];
    await submitAll(testApp, batchId, 2);
    await testApp.app
      .db('sms_submission')
      .where({ batch_id: batchId })
      .update({
        started_at: testApp.app.db.raw(`now() - interval '1 hour'`),
        finished_at: testApp.app.db.raw(`now() - interval '1 hour'`),
      });
    await testApp.reconcile(batchId);
    expect(await testApp.batch(batchId)).toMatchObject({ alert: 'uncertain', status: 'submitted' });
  }
  const { app, actor } = testApp;
  expect(await leaveUncertain(app, actor, { batchId: first })).toEqual({ kind: 'left' });
  expect(await leaveUncertain(app, actor, { batchId: first })).toEqual({ kind: 'nobody' });
  expect(await accountedFor(testApp, first)).toMatchObject({ status: 'completed', counts: { unknown: 2 } });

  expect(await resendUncertain(app, actor, { batchId: second })).toMatchObject({
    kind: 'started',
    recipients: 2,
  });
  await submitAll(testApp, second);
  expect(await accountedFor(testApp, second)).toMatchObject({
    status: 'submitted',
    counts: { sending: 2, unknown: 0 },
  });
});

test('three unclear answers in a row open the breaker of the account; then one small probe request is sent', async () => {
  const batchId = await testApp.started(mobiles(60));
  testApp.provider.capabilities.textsPerRequest = 20;
  const second = await testApp.started(mobiles(60, 13_900_139_000));
  testApp.provider.script = [() => timeout, () => timeout, () => timeout];
  await submitAll(testApp, batchId);
  await submitAll(testApp, second);
  expect(testApp.provider.requests.map((numbers) => numbers.length)).toEqual([10, 10, 10]);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'pending',
    isHeld: true,
    counts: { unknown: 30, waiting: 30 },
  });

  await testApp.app.db('provider_account').update({ held_until: testApp.app.db.fn.now() });
  await submitAll(testApp, second);
  expect(testApp.provider.requests.map((numbers) => numbers.length)).toEqual([10, 10, 10, 10, 20, 20, 10]);
  expect(await accountedFor(testApp, second)).toMatchObject({
    status: 'submitted',
    isHeld: false,
    counts: { sending: 60 },
  });
});
