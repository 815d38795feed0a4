import { deleteOldInbox } from '../../../src/batches/store/webhook-inbox';
import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import { recordInbound } from '../../../src/batches/tracking/record-inbound';
import { storeWebhooks } from '../../../src/batches/tracking/store-webhook';
import { dataFaultOf } from '../../../src/db/data-faults';
import { createTestApp, type TestApp } from '../../setup/app-context';
import { reportOf, webhookFixture } from './webhook-fixture';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { push, accepted, countsOf, recipient } = webhookFixture(() => testApp);

/** From now on the database refuses a report with this reason, as it would refuse whatever nobody thought of. */
const refusePoison = () =>
  testApp.app.db.raw(
    `alter table sms_batch_buka_detail add constraint no_poison check (failure_reason <> 'poison')`,
  );
const allowPoison = () => testApp.app.db.raw('alter table sms_batch_buka_detail drop constraint no_poison');
const poison = { status: 1, reason: 'poison' };

const inbox = () => testApp.app.db('webhook_inbox').orderBy('id').select('outcome', 'refusals', 'fault');
const makeDue = () =>
  testApp.app.db('webhook_inbox').whereNull('outcome').update({ due_at: testApp.app.db.fn.now() });

async function pushRaw(kind: 'report' | 'inbound', body: string) {
  await storeWebhooks(testApp.app, 'onbuka', [{ kind, body, accountIds: null }]);
}

/** Recipe 5 of the attacks. */
test.each([String.raw`a\u00\u000000b`, String.raw`a\u0000b`, String.raw`\u00\u00\u00000000`])(
  'a reason %s holds up nobody',
  async (reason) => {
    const { batchId, sent } = await accepted(2);
    const hostile = JSON.stringify(reportOf(sent[0], { status: 1, reason: 'REASON' })).replace(
      'REASON',
      reason,
    );
    await pushRaw('report', hostile);
    await push(reportOf(sent[1]));
    expect((await recipient(sent[1].orderId)).status).toBe('delivered');
    const isJson = !reason.includes(String.raw`\u00\u`);
    expect(await countsOf(batchId)).toMatchObject(isJson ? { failed: 1, delivered: 1 } : { delivered: 1 });
  },
);

test('a reply with NUL is stored without it', async () => {
  await pushRaw('inbound', String.raw`{"msgid":"1\u0000","mobile":"8613800138000","content":"a\u0000b"}`);
  await recordInbound(testApp.app, 'onbuka');
  const [reply] = await testApp.app.db('sms_inbound_message').select('provider_message_id', 'content');
  expect(reply).toEqual({ provider_message_id: '1', content: 'ab' });
});

test('one body that the database refuses is put aside, and all others are applied', async () => {
  const { batchId, sent } = await accepted(9);
  await refusePoison();
  await push(...sent.map((one, index) => reportOf(one, index === 4 ? poison : {})));
  expect(await countsOf(batchId)).toMatchObject({ delivered: 8, sending: 1 });
  const entries = await inbox();
  expect(entries[4]).toEqual({ outcome: null, refusals: 1, fault: '23514 no_poison' });
  expect(entries.filter(({ outcome }) => outcome === 'applied')).toHaveLength(8);
  // It is not due for now, and heals once what was wrong with us is mended.
  await recordDeliveryReports(testApp.app, 'onbuka');
  expect((await inbox())[4]?.refusals).toBe(1);
  await allowPoison();
  await makeDue();
  await recordDeliveryReports(testApp.app, 'onbuka');
  expect(await countsOf(batchId)).toMatchObject({ delivered: 8, failed: 1 });
});

test('of a list, the one report is put aside', async () => {
  const { batchId, sent } = await accepted(5);
  await refusePoison();
  await push(sent.map((one, index) => reportOf(one, index === 2 ? poison : {})));
  await recordDeliveryReports(testApp.app, 'onbuka');
  expect(await countsOf(batchId)).toMatchObject({ delivered: 4, sending: 1 });
  expect((await inbox()).map(({ outcome, refusals }) => [outcome, refusals])).toEqual([
    ['split', 0],
    ['applied', 0],
    ['applied', 0],
    [null, 1],
    ['applied', 0],
    ['applied', 0],
  ]);
});

test('a flood of them is put aside over several runs, and after seven refusals nothing tries again', async () => {
  const { batchId, sent } = await accepted(50);
  await refusePoison();
  await push(...sent.map((one, index) => reportOf(one, index === 49 ? {} : poison)));
  let runs = 1;
  while ((await recordDeliveryReports(testApp.app, 'onbuka')).kind === 'snooze') runs += 1;
  expect(runs).toBeGreaterThan(1);
  expect(await countsOf(batchId)).toMatchObject({ delivered: 1, sending: 49 });
  await testApp.app.db('webhook_inbox').whereNull('outcome').update({ refusals: 6 });
  await makeDue();
  while ((await recordDeliveryReports(testApp.app, 'onbuka')).kind === 'snooze');
  expect((await inbox()).filter(({ outcome }) => outcome === 'put_aside')).toHaveLength(49);
});

test('what was put aside is kept for 90 days, longer than what was applied', async () => {
  const { sent } = await accepted(2);
  await push(...sent.map((one) => reportOf(one)));
  const aged = async (days: number) => {
    await testApp.app
      .db('webhook_inbox')
      .update({ received_at: testApp.app.db.raw(`now() - interval '${days} days'`) });
    await deleteOldInbox(testApp.app.db, 7 * 86_400_000, 100);
    return (await inbox()).map(({ outcome }) => outcome);
  };
  const [first] = await testApp.app.db('webhook_inbox').orderBy('id').select('id');
  await testApp.app.db('webhook_inbox').where({ id: first.id }).update({ outcome: 'put_aside', refusals: 7 });
  expect(await aged(89)).toEqual(['put_aside']);
  expect(await aged(91)).toEqual([]);
});

test('what is no fault of the data is thrown, and nothing is put aside', async () => {
  const { sent } = await accepted(1);
  await testApp.app.db.raw('alter table sms_batch_cost rename to away');
  await expect(push(reportOf(sent[0]))).rejects.toThrow();
  await testApp.app.db.raw('alter table away rename to sms_batch_cost');
  expect(await inbox()).toEqual([{ outcome: null, refusals: 0, fault: null }]);
});

test.each([
  ['22P05', null, '22P05'],
  ['23505', 'some_key', '23505 some_key'],
  ['40P01', null, null],
  ['53100', null, null],
  ['55P03', null, null],
  ['57014', null, null],
  ['08006', null, null],
  ['ECONNRESET', null, null],
])('%s %s is the fault of the data: %s', (code, constraint, fault) => {
  expect(dataFaultOf(Object.assign(new Error('no'), { code, constraint }))).toBe(fault);
});
