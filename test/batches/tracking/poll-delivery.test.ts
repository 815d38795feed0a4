import { pauseBatch } from '../../../src/batches/control/pause-batch';
import { pollDelivery } from '../../../src/batches/tracking/poll-delivery';
import { takeSlot } from '../../../src/db/rate-limit';
import { ProviderError } from '../../../src/providers/sms-provider';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { accountedFor, submitAll } from '../sending/send-outcomes';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

async function accepted(count: number): Promise<string> {
  const batchId = await testApp.started(mobiles(count));
  await submitAll(testApp, batchId, count / 10 + 2);
  return batchId;
}

/** Records the number of ids in every call by id; `answer` may throw to refuse the call. */
function watchCalls(answer: (call: number) => void = () => {}): number[] {
  const real = testApp.provider.queryMessageStatusByIds;
  const calls: number[] = [];
  testApp.provider.queryMessageStatusByIds = async (account, ids, options) => {
    calls.push(ids.length);
    answer(calls.length);
    return real(account, ids, options);
  };
  return calls;
}

const settle = (count: number, status: 'delivered' | 'failed' = 'delivered') => {
  const open = [...testApp.provider.statuses.values()].filter((one) => one.status === 'sending');
  for (const one of open.slice(0, count)) one.status = status;
};

/** When the next step is due, in whole seconds from now. */
async function nextPollInSeconds(): Promise<number> {
  const { rows } = await testApp.app.db.raw(
    `select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs
     where task_identifier = 'poll-delivery'`,
  );
  return Math.round(rows[0]?.seconds);
}

/** Ends the pauses of all rate limits. */
const endPauses = () => testApp.app.db('rate_limit').update({ next_at: testApp.app.db.raw('now()') });

describe('by id', () => {
  test('a call is filled across the chunks of a batch, only with open recipients', async () => {
    testApp.provider.maxIdsPerQuery = 25;
    const batchId = await accepted(100);
    settle(40);
    for (let step = 0; step < 2; step += 1) await pollDelivery(testApp.app, batchId);
    const calls = watchCalls();
    await pollDelivery(testApp.app, batchId);
    expect(calls).toEqual([25, 25, 10]);
    expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { delivered: 40, sending: 60 } });
  });

  test('a new round starts when one is over, and each step continues where the last one ended', async () => {
    testApp.provider.maxIdsPerQuery = 5;
    const batchId = await accepted(60);
    const calls = watchCalls();
    for (let step = 0; step < 3; step += 1) await pollDelivery(testApp.app, batchId);
    expect(calls.reduce((sum, ids) => sum + ids, 0)).toBe(60);
    expect(calls).toHaveLength(12);
    await pollDelivery(testApp.app, batchId);
    expect(calls).toHaveLength(12);
    await pollDelivery(testApp.app, batchId);
    expect(calls).toHaveLength(17);
  });

  test("a text in the provider's queue, or unknown to it, stays open and does not fail", async () => {
    const batchId = await accepted(10);
    testApp.provider.statuses.clear();
    await pollDelivery(testApp.app, batchId);
    expect(await accountedFor(testApp, batchId)).toMatchObject({
      status: 'submitted',
      counts: { sending: 10 },
    });
  });

  test('statuses of other texts, twice and in conflict, settle each recipient of the batch once', async () => {
    const batchId = await accepted(10);
    const other = await testApp.started(mobiles(10, 13_900_139_000));
    await submitAll(testApp, other);
    settle(20);
    const real = testApp.provider.queryMessageStatusByIds;
    testApp.provider.queryMessageStatusByIds = async (account, _ids, options) => {
      const list = await real(account, [...testApp.provider.statuses.keys()], options);
      const failed = list.results.map((one) => ({ ...one, status: 'failed' as const }));
      return { ...list, results: [...list.results, ...failed] };
    };
    await pollDelivery(testApp.app, batchId);
    const summary = await accountedFor(testApp, batchId);
    expect(summary?.status).toBe('completed');
    expect(await accountedFor(testApp, other)).toMatchObject({ counts: { sending: 10 } });
  });
});

describe('the provider says that we ask too often', () => {
  const refuse = () => {
    throw new ProviderError('-15', 'busy', 'asked too often');
  };

  test('all batches of the account pause, and poll more slowly from then on', async () => {
    const first = await accepted(10);
    const calls = watchCalls(refuse);
    await pollDelivery(testApp.app, first);
    expect(await nextPollInSeconds()).toBe(30);
    await pollDelivery(testApp.app, first);
    expect(calls).toHaveLength(1);
    const [limit] = await testApp.app.db('rate_limit').whereLike('key', 'query:%');
    expect(limit).toMatchObject({ pace_ms: 100 });
  });

  test('statuses that came before are recorded, and the round continues after them', async () => {
    testApp.provider.maxIdsPerQuery = 10;
    const batchId = await accepted(60);
    settle(15);
    // Every second call succeeds: slow, but it makes progress.
    const calls = watchCalls((call) => {
      if (call % 2 === 0) refuse();
    });
    for (let step = 0; step < 12; step += 1) {
      await pollDelivery(testApp.app, batchId);
      await endPauses();
      if (step === 0) expect(await testApp.recipients(batchId)).toEqual({ delivered: 10, sending: 50 });
    }
    expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { delivered: 15, sending: 45 } });
    expect(calls.length).toBeGreaterThan(10);
    const { poll_after_chunk } = await testApp.batch(batchId);
    expect(poll_after_chunk).not.toBe(1);
  });

  test('the pace returns step by step', async () => {
    const batchId = await accepted(10);
    const limit = () => testApp.app.db('rate_limit').whereLike('key', 'query:%').first();
    watchCalls((call) => {
      if (call <= 3) refuse();
    });
    for (let step = 0; step < 3; step += 1) {
      await pollDelivery(testApp.app, batchId);
      await endPauses();
    }
    const slowest = (await limit()).pace_ms;
    expect(slowest).toBeGreaterThan(300);
    for (let slot = 0; slot < 120; slot += 1) {
      await takeSlot(testApp.app.db, (await limit()).key, 50, 60_000);
    }
    expect((await limit()).pace_ms).toBe(0);
  });
});

test('a batch that was paused for hours is polled as rarely as a submitted one', async () => {
  const batchId = await testApp.started(mobiles(30));
  await submitAll(testApp, batchId, 1);
  await pauseBatch(testApp.app, { tenantId: testApp.tenantId, userId: testApp.userId, batchId });
  const { db } = testApp.app;
  await db('sms_submission')
    .whereNotNull('started_at')
    .update({ started_at: db.raw(`now() - interval '90 minutes'`) });
  for (let step = 0; step < 2; step += 1) await pollDelivery(testApp.app, batchId);
  expect(await nextPollInSeconds()).toBe(900);
  await db('sms_submission')
    .whereNotNull('started_at')
    .update({ started_at: db.raw(`now() - interval '9 days'`) });
  for (let step = 0; step < 2; step += 1) await pollDelivery(testApp.app, batchId);
  expect(await testApp.recipients(batchId)).toEqual({ sending: 10, pending: 20 });
});
