import { enqueueLane } from '../../../src/batches/enqueue-jobs';
import { shareOfLanes } from '../../../src/batches/sending/lanes';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { ACCOUNT, createTestApp, mobiles, type TestApp } from '../../setup/app-context';

/** Where a request carries more than one text, a chunk is one request. */
const CHUNK = 2;
const chunks = (count: number, first?: number) => mobiles(count * CHUNK, first);

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
  testApp.provider.capabilities.textsPerRequest = CHUNK;
});
afterEach(() => testApp.close());

const countLanesOf = async (batchId: string) => {
  const { rows } = await testApp.app.db.raw(
    `select key from bulk_sms_queue.jobs where key like ? order by key`,
    [`submit:${batchId}:%`],
  );
  return rows.length;
};
const share = () => shareOfLanes(testApp.app.db, testApp.accountId);

/** Runs the jobs that a worker would find now, once each; those that want to run again wait for the next time. */
async function takeTurns(batchId: string): Promise<void> {
  const { rows } = await testApp.app.db.raw(
    `delete from bulk_sms_queue._private_jobs where key like ? returning payload`,
    [`submit:${batchId}:%`],
  );
  for (const { payload } of rows) {
    const result = await submitChunk(testApp.app, payload);
    if (result.kind === 'snooze')
      await enqueueLane(testApp.app.db, payload.batchId, payload.accountId, payload.lane);
  }
}

test('a batch alone has all lanes of its account, or as many as it has chunks', async () => {
  const big = await testApp.started(chunks(30));
  await takeTurns(big);
  expect(await countLanesOf(big)).toBe(16);
  await testApp.app.db('sms_batch').where({ id: big }).update({ status: 'paused' });
  const few = await testApp.started(chunks(3, 13_900_139_000));
  await takeTurns(few);
  expect(await countLanesOf(few)).toBe(2);
});

test('new batches get their share of the lanes turn by turn, and it returns when they pause', async () => {
  const big = await testApp.started(chunks(60));
  await takeTurns(big);
  expect(await countLanesOf(big)).toBe(16);
  const others = [];
  for (let batch = 1; batch <= 3; batch += 1) {
    others.push(await testApp.started(chunks(20, 13_900_139_000 + batch * 100)));
  }
  expect(await share()).toBe(4);
  await takeTurns(big);
  for (const other of others) await takeTurns(other);
  expect(await Promise.all([big, ...others].map(countLanesOf))).toEqual([4, 4, 4, 4]);
  await testApp.app.db('sms_batch').whereIn('id', others).update({ status: 'paused' });
  await sweep(testApp.app);
  expect(await countLanesOf(big)).toBe(16);
});

test('a hundred batches of one account have a lane each, and do not reduce the lanes of another account', async () => {
  const { db } = testApp.app;
  const batchId = await testApp.started(chunks(2));
  await db.raw(
    `insert into sms_batch (tenant_id, user_id, channel, status, content, submit_key, order_prefix)
     select tenant_id, user_id, channel, 'submitting', content, 'copy ' || n, 'copy ' || n
     from sms_batch, generate_series(1, 99) as n where id = ?`,
    [batchId],
  );
  await db.raw(
    `insert into sms_batch_account (batch_id, account_id) select id, ?::bigint from sms_batch where id <> ?`,
    [testApp.accountId, batchId],
  );
  expect(await share()).toBe(1);
  const key = { slack_team_id: 'T0002', name: 'Other' };
  const [other] = await db('tenant').insert(key).returning('id');
  const { accounts } = testApp.app;
  const ofOther = await accounts.save({ tenantId: other.id, provider: 'onbuka' }, ACCOUNT);
  expect(await shareOfLanes(db, ofOther)).toBe(16);
  const second = await accounts.save(
    { tenantId: testApp.tenantId, provider: 'onbuka', name: 'second' },
    ACCOUNT,
  );
  expect(await shareOfLanes(db, second)).toBe(16);
});
