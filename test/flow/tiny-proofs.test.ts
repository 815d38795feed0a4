import { setTimeout as delay } from 'node:timers/promises';
import { retryFailed } from '../../src/batches/control/send-again';
import { type Difference, openComparison } from '../../src/batches/reconciling/compare-records';
import { recordUnknown } from '../../src/batches/sending/record-unknown';
import type { Submission } from '../../src/batches/store/submissions';
import { ensureTenant } from '../../src/tenants/tenant';
import { mobiles } from '../setup/app-context';
import { until } from '../setup/until';
import { createTinyApp, type TinyApp } from '../tiny/tiny-app';
import { TINY_ACCOUNT, type TinyText } from '../tiny/tiny-server';

/** Answers of the tiny provider that are lost, and what proves where the text is. */
let tiny: TinyApp;
beforeEach(async () => {
  tiny = await createTinyApp({ requestsPerSecond: 25 });
});
afterEach(() => tiny.close());

/** Five people. The second's answer is lost; who has not left by then follows in the next submission. */
async function sendWith(lost: 'taken_lost' | 'lost'): Promise<string> {
  tiny.server.script = ['taken', lost];
  const batchId = await tiny.started(mobiles(5));
  do {
    await tiny.letWaitsPass();
    await tiny.submit(batchId);
  } while ((await tiny.recipients(batchId)).pending);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 4, unknown: 1 });
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'submitted',
    sending_count: 4,
    unknown_count: 1,
  });
  const [first, ...later] = await tiny.submissions(batchId);
  expect(first).toMatchObject({ outcome: 'unknown', provider_status: 'connection_lost' });
  expect(later.filter(({ outcome }) => outcome !== 'accepted')).toEqual([]);
  return batchId;
}

/** The text whose answer was lost. */
const lostText = () => tiny.server.taken[1] as TinyText;

async function expectProved(batchId: string): Promise<void> {
  expect(await tiny.recipients(batchId)).toEqual({ sending: 5 });
  const proved = await tiny.app.db('sms_batch_recipient').where({ recipient_number: lostText().to }).first();
  expect(proved.provider_message_id).toBe(lostText().id);
  expect((await tiny.submissions(batchId))[0]).toMatchObject({ outcome: 'reconciled' });
  expect(mobiles(5).map((number) => tiny.server.timesTaken(`+86${number}`))).toEqual([1, 1, 1, 1, 1]);
}

test('a lost answer is uncertain until a webhook proves it; one with a wrong signature is refused', async () => {
  const batchId = await sendWith('taken_lost');
  expect(await tiny.server.push(lostText(), 'sending', { password: 'another' })).toBe(404);
  await tiny.applyReports();
  expect(await tiny.app.db('webhook_inbox')).toEqual([]);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 4, unknown: 1 });

  expect(await tiny.server.push(lostText(), 'sending')).toBe(200);
  await tiny.applyReports();
  await expectProved(batchId);

  await tiny.server.deliver();
  await tiny.applyReports();
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'completed',
    success_count: 5,
    unknown_count: 0,
  });
});

test('a webhook whose URL was changed on the way is refused: the URL names the recipient', async () => {
  const batchId = await sendWith('taken_lost');
  const [first, lost] = tiny.server.taken as [TinyText, TinyText];
  const { rows } = await tiny.app.db.raw(`select order_id from sms_batch_recipient where status = 'unknown'`);
  expect(lost.callback).toContain(rows[0].order_id);
  // The body and signature of the first text, at the address of the lost one.
  const relayed = await tiny.server.push(first, 'delivered', { to: lost.callback });
  expect(relayed).toBe(404);
  await tiny.applyReports();
  expect(await tiny.recipients(batchId)).toEqual({ sending: 4, unknown: 1 });
});

test('another workspace that gives its account the same sub-account cannot report about our texts', async () => {
  const { app, server } = tiny;
  const batchId = await sendWith('taken_lost');
  const other = await ensureTenant(app.db, { slackTeamId: 'T0002', name: 'Other' });
  const credentials = { url: server.url, user: 'other', password: 'theirs', callback: 'http://localhost/' };
  await app.accounts.save(
    { tenantId: other.id, provider: 'tiny' },
    { credentials, subAccount: TINY_ACCOUNT.subAccount },
  );
  for (const text of server.taken) await server.push(text, 'failed', { password: 'theirs' });
  await tiny.applyReports();
  expect(await app.db('webhook_inbox').distinct().pluck('outcome')).toEqual(['disagrees']);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 4, unknown: 1 });
  // The signature of either is accepted: what comes with ours is believed.
  await server.deliver();
  await tiny.applyReports();
  expect(await tiny.recipients(batchId)).toEqual({ delivered: 5 });
});

test("a lost answer is proved by the provider's records, by number and time alone", async () => {
  const batchId = await sendWith('taken_lost');
  await tiny.reconcile(batchId);
  await expectProved(batchId);
});

test('a request that never came stays uncertain; people are asked when the settle time of the provider is over', async () => {
  tiny.app.settings.uncertainSettleMs = 0;
  const batchId = await sendWith('lost');
  await tiny.reconcile(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 4, unknown: 1 });
  expect(await tiny.batch(batchId)).toMatchObject({ alert: null });
  // The settle time of the provider.
  await delay(1_100);
  await tiny.reconcile(batchId);
  expect(await tiny.batch(batchId)).toMatchObject({ alert: 'uncertain', unknown_count: 1 });
  expect(tiny.server.taken).toHaveLength(4);
});

test('three answers lost in a row hold the account: few more become uncertain, and no request leaves', async () => {
  tiny.server.script = ['taken', 'busy'];
  const batchId = await tiny.started(mobiles(40));
  await tiny.submit(batchId);
  const sending = tiny.server.taken.length;
  await tiny.letWaitsPass();
  tiny.server.script = Array(40).fill('lost');
  await tiny.submit(batchId);
  const { unknown = 0, pending = 0 } = await tiny.recipients(batchId);
  expect(unknown).toBeGreaterThanOrEqual(3);
  expect(unknown).toBeLessThan(20);
  expect(sending + unknown + pending).toBe(40);

  const requests = tiny.server.requests();
  await tiny.app.db('provider_account').update({ next_request_at: tiny.app.db.fn.now() });
  await tiny.submit(batchId);
  expect(tiny.server.requests()).toBe(requests);

  // One request alone asks whether the provider answers again.
  await tiny.letWaitsPass();
  await tiny.submit(batchId);
  expect(tiny.server.requests()).toBe(requests + 1);
  expect(await tiny.recipients(batchId)).toEqual({ sending, unknown: unknown + 1, pending: pending - 1 });
});

test('where the sweep has given up on a slow process, it stops; what it sent is proved, and the rest may be sent again', async () => {
  const { app, actor, server } = tiny;
  const numbers = mobiles(120);
  const batchId = await tiny.started(numbers);
  const submitted = tiny.submit(batchId);
  await until(
    () => tiny.batch(batchId),
    ({ sending_count: sending }) => Number(sending) > 0,
  );
  const [open] = (await tiny.submissions(batchId)) as unknown as [Submission];
  await app.db.transaction((trx) => recordUnknown(trx, 'tiny', open, 'given up'));
  expect((await tiny.recipients(batchId)).pending).toBeUndefined();
  await submitted;
  const sent = server.taken.length;
  expect(sent).toBeLessThan(120);
  expect(await tiny.recipients(batchId)).toEqual({ sending: sent, failed: 120 - sent });
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'submitted',
    sending_count: sent,
    failed_count: 120 - sent,
    unknown_count: 0,
  });
  expect(await app.db('sms_batch_recipient').where({ status: 'failed' }).distinct('failure_reason')).toEqual([
    { failure_reason: 'not_sent' },
  ]);

  await retryFailed(app, actor, { batchId });
  while ((await tiny.recipients(batchId)).pending) {
    await tiny.letWaitsPass();
    await tiny.submit(batchId);
  }
  expect(numbers.map((number) => server.timesTaken(`+86${number}`))).toEqual(numbers.map(() => 1));
});

test('after a day the records are read where that takes fewer questions than one for each text', async () => {
  const { app, server } = tiny;
  app.settings.deliveryHorizonMs = 72 * 3_600_000;
  const batchId = await tiny.started(mobiles(30));
  await tiny.submit(batchId);
  await app.db('sms_batch').update({ submitted_at: app.db.raw(`now() - interval '25 hours'`) });
  for (const text of server.taken) text.status = 'delivered';
  while ((await tiny.batch(batchId)).status !== 'completed') await tiny.poll(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ delivered: 30 });
  expect(server.questions()).toBe(1);
});

test('a comparison finds what only one side has, and which record is a lost answer', async () => {
  const { app, tenantId, userId, server } = tiny;
  const batchId = await sendWith('taken_lost');
  const lost = lostText();
  const gone = server.taken.splice(3, 1)[0] as TinyText;
  const theirs: TinyText = { ...lost, id: 'T99', to: '+8613900139000' };
  server.taken.push(theirs);

  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const range = { from: day(1), to: day(0), timeZone: 'UTC' };
  const comparison = await openComparison(app, { tenantId, userId, provider: 'tiny', ...range });
  const found: Difference[] = [];
  for await (const block of comparison.differences()) found.push(...block);
  expect(found.map(({ kind, number }) => ({ kind, number }))).toEqual(
    expect.arrayContaining([
      { kind: 'uncertain', number: lost.to },
      { kind: 'only_theirs', number: theirs.to },
      { kind: 'no_record_yet', number: gone.to },
    ]),
  );
  expect(found).toHaveLength(3);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 4, unknown: 1 });
});
