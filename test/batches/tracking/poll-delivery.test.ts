import { pauseBatch } from '../../../src/batches/control/pause-batch';
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

/** One step. Returns when the next is due, in whole seconds from now; null: no more comes. */
async function pollAndTellSeconds(batchId: string): Promise<number | null> {
  const result = await testApp.poll(batchId);
  return result.kind === 'snooze' ? Math.round(result.snoozeMs / 1_000) : null;
}

/** Ends the pauses of all rate limits. */
const endPauses = () => testApp.app.db('rate_limit').update({ next_at: testApp.app.db.raw('now()') });

describe('by id', () => {
  test('a call is filled across the chunks of a batch, only with open recipients', async () => {
    testApp.provider.capabilities.idsPerQuestion = 25;
    const batchId = await accepted(100);
    settle(40);
    for (let step = 0; step < 2; step += 1) await testApp.poll(batchId);
    const calls = watchCalls();
    await testApp.poll(batchId);
    expect(calls).toEqual([25, 25, 10]);
    expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { delivered: 40, sending: 60 } });
  });

  test('a new round starts when one is over, and each step continues where the last one ended', async () => {
    testApp.provider.capabilities.idsPerQuestion = 5;
    const batchId = await accepted(60);
    const calls = watchCalls();
    for (let step = 0; step < 3; step += 1) await testApp.poll(batchId);
    expect(calls.reduce((sum, ids) => sum + ids, 0)).toBe(60);
    expect(calls).toHaveLength(12);
    await testApp.poll(batchId);
    expect(calls).toHaveLength(12);
    await testApp.poll(batchId);
    expect(calls).toHaveLength(17);
  });

  test('a text is asked about with the sub-account that sent it, where that is known', async () => {
    testApp.provider.capabilities.idsPerQuestion = 25;
    const batchId = await accepted(30);
    const { app, provider, userId, accountId } = testApp;
    await app.accounts.saveSubAccount({ userId, accountId }, 'own');
    await app.db('sms_submission').where({ chunk: 3 }).update({ sub_account: null });
    const asked: [string, number][] = [];
    const real = provider.queryMessageStatusByIds;
    provider.queryMessageStatusByIds = (account, ids, options) => {
      asked.push([account.subAccount, ids.length]);
      return real(account, ids, options);
    };
    settle(30);
    await testApp.poll(batchId);
    expect(asked).toEqual([
      ['app', 20],
      ['own', 10],
    ]);
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 30 });
  });

  test("a text in the provider's queue, or unknown to it, stays open and does not fail", async () => {
    const batchId = await accepted(10);
    testApp.provider.statuses.clear();
    await testApp.poll(batchId);
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
    await testApp.poll(batchId);
    const summary = await accountedFor(testApp, batchId);
    expect(summary?.status).toBe('completed');
    expect(await accountedFor(testApp, other)).toMatchObject({ counts: { sending: 10 } });
  });
});

describe('the provider says that we ask too often', () => {
  const refuse = () => {
    throw new ProviderError('-15', 'too_often', 'asked too often');
  };

  test('all batches of the account pause, and poll more slowly from then on', async () => {
    const first = await accepted(10);
    const calls = watchCalls(refuse);
    expect(await pollAndTellSeconds(first)).toBe(30);
    await testApp.poll(first);
    expect(calls).toHaveLength(1);
    const [limit] = await testApp.app.db('rate_limit').whereLike('key', 'query:%');
    expect(limit).toMatchObject({ pace_ms: 100 });
  });

  test('statuses that came before are recorded, and the round continues after them', async () => {
    testApp.provider.capabilities.idsPerQuestion = 10;
    const batchId = await accepted(60);
    settle(15);
    // Every second call succeeds: slow, but it makes progress.
    const calls = watchCalls((call) => {
      if (call % 2 === 0) refuse();
    });
    for (let step = 0; step < 12; step += 1) {
      await testApp.poll(batchId);
      await endPauses();
      if (step === 0) expect(await testApp.recipients(batchId)).toEqual({ delivered: 10, sending: 50 });
    }
    expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { delivered: 15, sending: 45 } });
    expect(calls.length).toBeGreaterThan(10);
    const cursor = await testApp.app.db('sms_batch_account').where({ batch_id: batchId }).first();
    expect(cursor).toMatchObject({ poll_after_chunk: expect.any(Number) });
    expect(cursor.poll_after_chunk).not.toBe(1);
  });

  test('the pace returns step by step', async () => {
    const batchId = await accepted(10);
    const limit = () => testApp.app.db('rate_limit').whereLike('key', 'query:%').first();
    watchCalls((call) => {
      if (call <= 3) refuse();
    });
    for (let step = 0; step < 3; step += 1) {
      await testApp.poll(batchId);
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
  await pauseBatch(testApp.app, testApp.actor, batchId);
  const { db } = testApp.app;
  await db('sms_submission')
    .whereNotNull('started_at')
    .update({ started_at: db.raw(`now() - interval '90 minutes'`) });
  await testApp.poll(batchId);
  expect(await pollAndTellSeconds(batchId)).toBe(900);
  await db('sms_submission')
    .whereNotNull('started_at')
    .update({ started_at: db.raw(`now() - interval '9 days'`) });
  for (let step = 0; step < 2; step += 1) await testApp.poll(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ sending: 10, pending: 20 });
});
