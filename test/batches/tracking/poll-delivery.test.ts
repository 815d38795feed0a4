import { pauseBatch } from '../../../src/batches/control/pause-batch';
import { pollDelivery } from '../../../src/batches/tracking/poll-delivery';
import { takeSlot } from '../../../src/db/rate-limit';
import { ProviderError } from '../../../src/providers/sms-provider';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { accountedFor, submitAll } from '../sending/provider-answers';

let world: TestApp;
beforeEach(async () => {
  world = await createTestApp();
});
afterEach(() => world.close());

async function accepted(count: number): Promise<string> {
  const batchId = await world.started(mobiles(count));
  await submitAll(world, batchId, count / 10 + 2);
  return batchId;
}

/** Every call for a status by id, with how many ids it had; `answer` may refuse it. */
function watchCalls(answer: (call: number) => void = () => {}): number[] {
  const real = world.channel.queryMessageStatusByIds;
  const calls: number[] = [];
  world.channel.queryMessageStatusByIds = async (account, ids, options) => {
    calls.push(ids.length);
    answer(calls.length);
    return real(account, ids, options);
  };
  return calls;
}

const settle = (count: number, status: 'delivered' | 'failed' = 'delivered') => {
  const open = [...world.channel.statuses.values()].filter((one) => one.status === 'sending');
  for (const one of open.slice(0, count)) one.status = status;
};

/** When the next step is due, in whole seconds from now. */
async function nextPollInSeconds(): Promise<number> {
  const { rows } = await world.app.db.raw(
    `select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs
     where task_identifier = 'poll-delivery'`,
  );
  return Math.round(rows[0]?.seconds);
}

/** Every clock of the account's limits has moved on. */
const passTheGate = () => world.app.db('rate_gate').update({ next_at: world.app.db.raw('now()') });

describe('by id', () => {
  test('a call is filled over the chunks of a batch, and only with who is not final', async () => {
    world.channel.maxIdsPerQuery = 25;
    const batchId = await accepted(100);
    settle(40);
    for (let step = 0; step < 2; step += 1) await pollDelivery(world.app, batchId);
    const calls = watchCalls();
    await pollDelivery(world.app, batchId);
    expect(calls).toEqual([25, 25, 10]);
    expect(await accountedFor(world, batchId)).toMatchObject({ counts: { delivered: 40, sending: 60 } });
  });

  test('a round begins again when it is over, and each step goes on where the last one ended', async () => {
    world.channel.maxIdsPerQuery = 5;
    const batchId = await accepted(60);
    const calls = watchCalls();
    for (let step = 0; step < 3; step += 1) await pollDelivery(world.app, batchId);
    expect(calls.reduce((sum, ids) => sum + ids, 0)).toBe(60);
    expect(calls).toHaveLength(12);
    await pollDelivery(world.app, batchId);
    expect(calls).toHaveLength(12);
    await pollDelivery(world.app, batchId);
    expect(calls).toHaveLength(17);
  });

  test('who waits in the queue of the provider, and whom it does not know, is waiting and not failed', async () => {
    const batchId = await accepted(10);
    world.channel.statuses.clear();
    await pollDelivery(world.app, batchId);
    expect(await accountedFor(world, batchId)).toMatchObject({
      status: 'submitted',
      counts: { sending: 10 },
    });
  });

  test('answers about others than were asked for, twice and against each other, settle each once', async () => {
    const batchId = await accepted(10);
    const other = await world.started(mobiles(10, 13_900_139_000));
    await submitAll(world, other);
    settle(20);
    const real = world.channel.queryMessageStatusByIds;
    world.channel.queryMessageStatusByIds = async (account, _ids, options) => {
      const list = await real(account, [...world.channel.statuses.keys()], options);
      const failed = list.results.map((one) => ({ ...one, status: 'failed' as const }));
      return { ...list, results: [...list.results, ...failed] };
    };
    await pollDelivery(world.app, batchId);
    const summary = await accountedFor(world, batchId);
    expect(summary?.status).toBe('completed');
    expect(await accountedFor(world, other)).toMatchObject({ counts: { sending: 10 } });
  });
});

describe('the provider says that it is asked too often', () => {
  const refuse = () => {
    throw new ProviderError('-15', 'busy', 'asked too often');
  };

  test('all batches of the account wait, and come more slowly from then on', async () => {
    const first = await accepted(10);
    const calls = watchCalls(refuse);
    await pollDelivery(world.app, first);
    expect(await nextPollInSeconds()).toBe(30);
    await pollDelivery(world.app, first);
    expect(calls).toHaveLength(1);
    const [gate] = await world.app.db('rate_gate').whereLike('key', 'query:%');
    expect(gate).toMatchObject({ pace_ms: 100 });
  });

  test('what was answered before it is recorded, and the round goes on behind it', async () => {
    world.channel.maxIdsPerQuery = 10;
    const batchId = await accepted(60);
    settle(15);
    // One call in a while is let through: as slow as can be, and it still comes on.
    const calls = watchCalls((call) => {
      if (call % 2 === 0) refuse();
    });
    for (let step = 0; step < 12; step += 1) {
      await pollDelivery(world.app, batchId);
      await passTheGate();
      if (step === 0) expect(await world.recipients(batchId)).toEqual({ delivered: 10, sending: 50 });
    }
    expect(await accountedFor(world, batchId)).toMatchObject({ counts: { delivered: 15, sending: 45 } });
    expect(calls.length).toBeGreaterThan(10);
    const { poll_after_chunk } = await world.batch(batchId);
    expect(poll_after_chunk).not.toBe(1);
  });

  test('the pace comes back by and by', async () => {
    const batchId = await accepted(10);
    const gate = () => world.app.db('rate_gate').whereLike('key', 'query:%').first();
    watchCalls((call) => {
      if (call <= 3) refuse();
    });
    for (let step = 0; step < 3; step += 1) {
      await pollDelivery(world.app, batchId);
      await passTheGate();
    }
    const slowest = (await gate()).pace_ms;
    expect(slowest).toBeGreaterThan(300);
    for (let slot = 0; slot < 120; slot += 1) {
      await takeSlot(world.app.db, (await gate()).key, 50, 60_000);
    }
    expect((await gate()).pace_ms).toBe(0);
  });
});

test('a batch that stands paused for hours is asked about as rarely as one that is submitted', async () => {
  const batchId = await world.started(mobiles(30));
  await submitAll(world, batchId, 1);
  await pauseBatch(world.app, { tenantId: world.tenantId, userId: world.userId, batchId });
  const { db } = world.app;
  await db('sms_submission')
    .whereNotNull('started_at')
    .update({ started_at: db.raw(`now() - interval '90 minutes'`) });
  for (let step = 0; step < 2; step += 1) await pollDelivery(world.app, batchId);
  expect(await nextPollInSeconds()).toBe(900);
  await db('sms_submission')
    .whereNotNull('started_at')
    .update({ started_at: db.raw(`now() - interval '9 days'`) });
  for (let step = 0; step < 2; step += 1) await pollDelivery(world.app, batchId);
  expect(await world.recipients(batchId)).toEqual({ sending: 10, pending: 20 });
});
