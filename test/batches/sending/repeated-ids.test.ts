import { reconcile } from '../../../src/batches/reconciling/reconcile';
import { ACCOUNT, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { reportOf, webhookFixture } from '../tracking/webhook-fixture';

/** A message id names one text of one account: it may come again at another, and costs one recipient where it comes twice. */
let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { push } = webhookFixture(() => testApp);

/** Accepts with the ids m0, m1, …, whatever was accepted before. */
const sameRun = ({ messages }: { messages: { orderId: string }[] }) => ({
  accepted: messages.map(({ orderId }, index) => ({ orderId, messageId: `m${index}` })),
  refused: [],
  unclear: [],
  deferred: [],
  because: null,
});

const rowsOf = (batchId: string) =>
  testApp.app
    .db('sms_batch_buka_detail')
    .where({ batch_id: batchId })
    .orderBy('position')
    .select('order_id', 'provider_message_id', 'recipient_number', 'status');

test('two accounts with the same run of ids: each follows its own', async () => {
  const { app, tenantId } = testApp;
  const key = { tenantId, provider: 'onbuka', name: 'second' };
  const second = await app.accounts.save(key, { ...ACCOUNT, subAccount: 'app' });
  await app.db('account_route').insert({ tenant_id: tenantId, country: 'DE', account_id: second });
  const german = mobiles(3, 4_915_112_345_670).map((number) => `+${number}`);
  const batchId = await testApp.started([...mobiles(3), ...german]);
  testApp.provider.script = [sameRun, sameRun];
  for (let turn = 0; turn < 3; turn += 1) await testApp.submit(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ sending: 6 });

  // The provider's reports name the id alone; the number tells whose it is.
  const rows = await rowsOf(batchId);
  await push(
    ...rows.map((row) =>
      reportOf(
        { orderId: row.order_id, messageId: row.provider_message_id, recipientNumber: row.recipient_number },
        { orderId: undefined, ...(row.recipient_number.startsWith('+49') ? { status: 1 } : {}) },
      ),
    ),
  );
  expect(await testApp.recipients(batchId)).toEqual({ delivered: 3, failed: 3 });
});

test('an id that an earlier text of the account has costs one recipient, not its chunk, and no retries', async () => {
  const warn = jest.spyOn(testApp.app.log, 'warn');
  const first = await testApp.started(mobiles(1));
  testApp.provider.script = [sameRun];
  await testApp.submit(first);
  const second = await testApp.started(mobiles(5, 13_900_139_000));
  testApp.provider.script = [sameRun];
  await testApp.submit(second);
  expect(await testApp.recipients(first)).toEqual({ sending: 1 });
  expect(await testApp.recipients(second)).toEqual({ unknown: 1, sending: 4 });
  expect((await rowsOf(second))[0]).toMatchObject({ provider_message_id: null, status: 'unknown' });
  expect(warn.mock.calls.flat()).not.toContainEqual(expect.stringContaining('could not be recorded'));
  // Its number is not in the provider's records under that id: nothing is taken for a proof.
  await reconcile(testApp.app, { batchId: second, accountId: testApp.accountId });
  expect(await testApp.recipients(second)).toEqual({ unknown: 1, sending: 4 });
});

test('one id for two texts of a request in several parts: the first has it', async () => {
  testApp.provider.capabilities.textsPerRequest = 2;
  const batchId = await testApp.started(mobiles(4));
  await testApp.app.db('sms_submission').update({ size: 4 });
  testApp.provider.script = [sameRun, sameRun];
  for (let turn = 0; turn < 4; turn += 1) await testApp.submit(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ sending: 2, unknown: 2 });
});
