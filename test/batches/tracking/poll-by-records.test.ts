import { ProviderError } from '../../../src/providers/sms-provider';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { accountedFor, submitAll } from '../sending/send-outcomes';

const HOUR_MS = 3_600_000;

let testApp: TestApp;
let byId: jest.SpyInstance;
let pagesRead: number;
let beforePage: (page: number) => void;
beforeEach(async () => {
  testApp = await createTestApp();
  testApp.app.settings.deliveryHorizonMs = 72 * HOUR_MS;
  testApp.provider.capabilities.idsPerQuestion = 5;
  testApp.provider.capabilities.recordsPerPage = 60;
  byId = jest.spyOn(testApp.provider, 'queryMessageStatusByIds');
  pagesRead = 0;
  beforePage = () => {};
  const real = testApp.provider.queryMessageStatusByTimeRange;
  testApp.provider.queryMessageStatusByTimeRange = async function* (...asked) {
    for await (const page of real(...asked)) {
      pagesRead += 1;
      beforePage(pagesRead);
      yield page;
    }
  };
});
afterEach(() => testApp.close());

/**
 * 100 texts that were accepted this long ago; 70 were delivered since, 20 failed, 5 are on the way, 5 are
 * nowhere.
 */
async function sentAgo(hours: number): Promise<string> {
  const batchId = await testApp.started(mobiles(100));
  await submitAll(testApp, batchId, 12);
  const { db } = testApp.app;
  const ago = db.raw(`now() - ? * interval '1 hour'`, [hours]);
  await db('sms_submission').update({ started_at: ago, finished_at: ago });
  await db('sms_batch').update({ submitted_at: ago, started_at: ago });
  for (const [index, [id, one]] of [...testApp.provider.statuses].entries()) {
    if (index < 70) one.status = 'delivered';
    else if (index < 90) one.status = 'failed';
    else if (index >= 95) testApp.provider.statuses.delete(id);
  }
  return batchId;
}

const TRUTH = { counts: { delivered: 70, failed: 20, sending: 10 }, status: 'submitted' };

test('after a day the list is read, 2 pages instead of 20 calls; a text that is not in it stays open', async () => {
  const batchId = await sentAgo(25);
  await testApp.poll(batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject(TRUTH);
  expect([byId.mock.calls.length, pagesRead]).toEqual([0, 2]);
  expect(await testApp.app.db('sms_batch_buka_detail').distinct().pluck('settled_by')).toEqual(
    expect.arrayContaining(['poll', null]),
  );
  // The rest are so few that two calls by id are fewer still, or as many.
  await testApp.poll(batchId);
  await testApp.poll(batchId);
  expect([byId.mock.calls.length, pagesRead]).toEqual([2, 2]);
});

test('the list of each sub-account is read for the texts that were sent with it', async () => {
  const batchId = await sentAgo(25);
  const { app, provider, userId, accountId } = testApp;
  await app.accounts.saveSubAccount({ userId, accountId }, 'own');
  await app.db('sms_submission').where('chunk', '>', 5).update({ sub_account: 'own' });
  const subAccounts: string[] = [];
  const list = provider.queryMessageStatusByTimeRange;
  provider.queryMessageStatusByTimeRange = (account, ...asked) => {
    subAccounts.push(account.subAccount);
    return list(account, ...asked);
  };
  for (let step = 0; step < 2; step += 1) await testApp.poll(batchId);
  expect(subAccounts).toEqual(['app', 'own']);
  expect(await accountedFor(testApp, batchId)).toMatchObject(TRUTH);
});

test.each([
  ['before a day is over', 23],
  ['when the batch is about to be closed', 71.9],
])('%s all texts are queried by id', async (_, hours) => {
  const batchId = await sentAgo(hours);
  for (let step = 0; step < 4; step += 1) await testApp.poll(batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject(TRUTH);
  expect([byId.mock.calls.length, pagesRead]).toEqual([20, 0]);
});

test.each<[string, ProviderError]>([
  ['is refused', new ProviderError('-25', 'request', 'outside the time range')],
  ['does not come', new ProviderError('timeout', 'busy', 'no whole reply')],
])('a list that %s is not requested again for an hour, and queries by id go on', async (_, error) => {
  const batchId = await sentAgo(25);
  beforePage = () => {
    throw error;
  };
  const { db } = testApp.app;
  for (let step = 0; step < 5; step += 1) {
    await testApp.poll(batchId);
    await db('rate_limit').whereLike('key', 'query:%').update({ next_at: db.fn.now() });
  }
  expect(await accountedFor(testApp, batchId)).toMatchObject(TRUTH);
  expect([byId.mock.calls.length, pagesRead]).toEqual([20, 1]);
});

test('a list that is longer than expected is left when it no longer saves calls', async () => {
  const batchId = await sentAgo(25);
  testApp.provider.capabilities.idsPerQuestion = 25;
  const ours = [...testApp.provider.statuses];
  testApp.provider.statuses.clear();
  for (let other = 0; other < 500; other += 1) {
    testApp.provider.statuses.set(`other-${other}`, { number: '', status: 'delivered' });
  }
  for (const [id, status] of ours) testApp.provider.statuses.set(id, status);
  await testApp.poll(batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject(TRUTH);
  expect([byId.mock.calls.length, pagesRead]).toEqual([4, 3]);
});

test('the process dies between two pages: the first is recorded, and the next job starts over', async () => {
  const batchId = await sentAgo(25);
  beforePage = (page) => {
    if (page === 2) throw new Error('the process has died');
  };
  await expect(testApp.poll(batchId)).rejects.toThrow('has died');
  expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { delivered: 60, sending: 40 } });
  await testApp.poll(batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject(TRUTH);
  expect([byId.mock.calls.length, pagesRead]).toEqual([0, 4]);
});
