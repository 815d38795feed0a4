import { setTimeout as delay } from 'node:timers/promises';
import { cancelBatch } from '../../../src/batches/control/cancel-batch';
import { moveToAccount } from '../../../src/batches/control/move-to-account';
import { pauseBatch, resumeBatch } from '../../../src/batches/control/pause-batch';
import { ACCOUNT, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { addTinyTable } from '../../tiny/tiny-account';
import { accountedFor, rejected, submitAll } from '../sending/send-outcomes';
import { reportOf, webhookFixture } from '../tracking/webhook-fixture';

let testApp: TestApp;
let second: string;
beforeEach(async () => {
  testApp = await createTestApp();
  const { accounts } = testApp.app;
  const key = { tenantId: testApp.tenantId, provider: 'onbuka', name: 'second' };
  second = await accounts.save(key, { ...ACCOUNT, subAccount: 'second' });
});
afterEach(() => testApp.close());

const move = (batchId: string) =>
  moveToAccount(testApp.app, testApp.actor, { batchId, from: testApp.accountId, to: second });

test('a claim that is still open when the batch is moved keeps its recipients: nobody gets two texts', async () => {
  const { app, actor } = testApp;
  const batchId = await testApp.started(mobiles(30));
  await testApp.submit(batchId);
  const claim = await app.db.transaction();
  await claim('sms_submission')
    .where({ batch_id: batchId, chunk: 2 })
    .update({ outcome: 'in_flight', started_at: claim.fn.now() });
  await pauseBatch(app, actor, batchId);
  const moving = move(batchId);
  await waitUntilBlocked();
  await claim.commit();
  expect(await moving).toMatchObject({ kind: 'moved', recipients: 10 });
  expect(await app.db('sms_submission').where({ batch_id: batchId, chunk: 2 }).first()).toMatchObject({
    account_id: testApp.accountId,
    outcome: 'in_flight',
  });
  await resumeBatch(app, actor, batchId);
  expect(await app.db('sms_submission').where({ batch_id: batchId, outcome: 'waiting' })).toMatchObject([
    { account_id: second, size: 10 },
  ]);
  const claimed = await app.db('sms_batch_buka_detail').where({ batch_id: batchId, chunk: 2 });
  expect(claimed).toMatchObject(Array(10).fill({ status: 'pending', attempt: 1 }));
});

test('those who failed before a cancel are sent to through the other account: the cancel no longer holds', async () => {
  const { app, actor, provider } = testApp;
  const batchId = await testApp.started(mobiles(12));
  await testApp.submit(batchId);
  for (const one of provider.statuses.values()) Object.assign(one, { status: 'failed', reason: 'UNDELIV' });
  await testApp.poll(batchId);
  expect(await cancelBatch(app, actor, batchId)).toMatchObject({ cancelled: 2 });
  expect(await move(batchId)).toMatchObject({ kind: 'moved', recipients: 10 });
  expect(await move(batchId)).toEqual({ kind: 'nobody' });
  provider.script = [() => rejected('account', '-10')];
  await submitAll(testApp, batchId, 2);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'paused',
    counts: { waiting: 10, cancelled: 2 },
  });
  await resumeBatch(app, actor, batchId);
  await submitAll(testApp, batchId, 2);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { sending: 10, cancelled: 2 },
  });
  const attempts = await app.db('sms_send_attempt').where({ batch_id: batchId });
  expect(attempts).toMatchObject(Array(10).fill({ attempt: 1, status: 'failed', failure_reason: 'UNDELIV' }));
});

test('a text that is too long for the other account stays where it is, and so does a batch with nobody to move', async () => {
  const { app, provider } = testApp;
  const batchId = await testApp.started(mobiles(5));
  await submitAll(testApp, batchId, 1);
  expect(await move(batchId)).toEqual({ kind: 'nobody' });
  provider.capabilities.longestText = 'Hello'.length - 1;
  expect(await move(batchId)).toEqual({ kind: 'text_too_long' });
  expect(await app.db('sms_batch_account').where({ batch_id: batchId }).pluck('account_id')).toEqual([
    testApp.accountId,
  ]);
});

test('who waits at another provider goes back to the one that has delivered after all, and is sent nothing', async () => {
  const { app, actor, provider, tenantId, accountId } = testApp;
  await addTinyTable(app.db);
  app.providers.tiny = provider;
  const tiny = await app.accounts.save({ tenantId, provider: 'tiny', name: 'tiny' }, ACCOUNT);
  const { push, accepted } = webhookFixture(() => testApp);
  const { batchId, sent } = await accepted(2);
  for (const one of provider.statuses.values()) one.status = 'failed';
  await testApp.poll(batchId);
  const moved = await moveToAccount(app, actor, { batchId, from: accountId, to: tiny });
  expect(moved).toMatchObject({ kind: 'moved', recipients: 2 });
  provider.requests = [];
  await push(reportOf(sent[0] as (typeof sent)[number]));
  expect(await app.db('sms_batch_buka_detail')).toMatchObject([
    { order_id: sent[0]?.orderId, status: 'delivered', attempt: 1 },
  ]);
  await submitAll(testApp, batchId, 3);
  expect(provider.requests).toEqual([[sent[1]?.recipientNumber]]);
  expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { delivered: 1, sending: 1 } });
});

async function waitUntilBlocked(): Promise<void> {
  const waiting = testApp.app
    .db('pg_stat_activity')
    .whereRaw(`datname = current_database() and wait_event_type = 'Lock'`);
  while ((await waiting.clone().select('pid')).length === 0) await delay(20);
}
