import { setTimeout as pause } from 'node:timers/promises';
import type { Buka } from '@bulk-sms/playground/buka/buka';
import { startTestSystem, type TestSystem, type TestSystemOptions } from '../setup/test-system';
import { until } from '../setup/until';
import { expectPromiseKept, isResolved, isSubmitted, onlyBatch, untilProved } from './expect-promise-kept';
import { isFull, testWhenFull } from './run-size';
import { seededRandom } from './seeded-random';
import { sendList } from './send-list';
import { killBots, startBot } from './start-bot';

let system: TestSystem;
afterEach(async () => {
  await killBots();
  await system.close();
});

const SLOW = { buka: { latencyMs: 300 }, env: { SUBMIT_CONCURRENCY: '2', SUBMIT_TIMEOUT_MS: '5000' } };
const startSystem = (options: TestSystemOptions = SLOW) => startTestSystem({ ...options, bot: false });

test('kill -9 in the middle of 2,400: each accepted once, the open request proved by the records of the provider', async () => {
  system = await startSystem();
  const { buka, db, env } = system;
  const bot = await startBot(env);
  const numbers = sendList(system, { good: 2_400, bad: 40, duplicates: 60 });
  await acceptedRequests(buka, 2);
  await bot.kill('SIGKILL');
  await startBot(env);
  await untilProved(db, buka.ledger, await numbers);
  await expectPromiseKept(db, buka.ledger, await numbers);
  expect(await db('sms_submission').where({ outcome: 'reconciled' })).not.toEqual([]);
});

test('kill -9 after a request that the provider never accepted: its recipients are unknown, and no others', async () => {
  system = await startSystem();
  const { buka, db, env } = system;
  const bot = await startBot(env);
  const numbers = sendList(system, { good: 2_400 });
  await acceptedRequests(buka, 1);
  buka.faults.set('hangBefore', { times: 1, on: 'send' });
  await until(
    async () => buka.faults.current().hangBefore,
    (fault) => fault === undefined,
  );
  await bot.kill('SIGKILL');
  await startBot(env);
  await untilProved(db, buka.ledger, await numbers);
  await expectPromiseKept(db, buka.ledger, await numbers);
  expect((await onlyBatch(db)).unknown_count).toBeGreaterThanOrEqual(1_000);
});

test(
  'kill -9 at random moments of one batch',
  async () => {
    system = await startSystem({ ...SLOW, buka: { latencyMs: 150 } });
    const { buka, db, env } = system;
    const { below } = seededRandom();
    let bot = await startBot(env);
    const numbers = sendList(system, { good: isFull ? 40_000 : 8_000 });
    await acceptedRequests(buka, 1);
    for (let kill = 0; kill < (isFull ? 20 : 2); kill += 1) {
      // A lane that never ends a turn between ten of them would be put aside.
      await pause(below(isFull ? 1_500 : 700));
      await bot.kill('SIGKILL');
      bot = await startBot(env);
    }
    await untilProved(db, buka.ledger, await numbers, isFull ? 600_000 : 180_000);
    await expectPromiseKept(db, buka.ledger, await numbers);
  },
  isFull ? 1_200_000 : 480_000,
);

testWhenFull(
  'kill -9 while the list is read: read again from the start, reviewed and sent, nobody missing and nobody twice',
  async () => {
    system = await startSystem();
    const { buka, db, env } = system;
    const { below } = seededRandom();
    const bot = await startBot(env);
    const sent = sendList(system, { good: 200_000, bad: 40, duplicates: 60 });
    await until(() => onlyBatch(db), Boolean);
    // A second kill would put the list aside (deadly-job.fault.ts).
    await pause(below(250));
    await bot.kill('SIGKILL');
    expect(await onlyBatch(db)).toMatchObject({ status: 'importing', total_count: 0 });
    await startBot(env);
    const numbers = await sent;
    await untilProved(db, buka.ledger, numbers, 240_000);
    await expectPromiseKept(db, buka.ledger, numbers);
  },
  400_000,
);

test('SIGTERM during submission: code 0 within 10 s, and the next process goes on', async () => {
  system = await startSystem();
  const { buka, db, env } = system;
  const bot = await startBot(env);
  const numbers = sendList(system, { good: 6_000 });
  await acceptedRequests(buka, 1);
  expect(await bot.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  // The open requests were allowed to end, and their outcomes were recorded.
  expect(await db('sms_submission').whereIn('outcome', ['in_flight', 'unknown'])).toEqual([]);
  await startBot(env);
  await until(() => onlyBatch(db), isSubmitted);
  await expectPromiseKept(db, buka.ledger, await numbers);
  expect(buka.ledger.counts(await numbers)).toMatchObject({ once: 6_000, never: 0 });
});

test('SIGTERM while the provider hangs: code 0 too, and the open request is unknown', async () => {
  system = await startSystem({ ...SLOW, env: { ...SLOW.env, SUBMIT_TIMEOUT_MS: '60000' } });
  const { buka, db, env } = system;
  const bot = await startBot(env);
  buka.faults.set('hangAfter', { times: 1, on: 'send' });
  const numbers = await sendList(system, { good: 1_500 });
  await until(
    async () => buka.faults.current().hangAfter,
    (fault) => fault === undefined,
  );
  expect(await bot.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(await onlyBatch(db)).toMatchObject({ unknown_count: 1_000 });
  await startBot(env);
  await until(() => onlyBatch(db), isResolved);
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(buka.ledger.counts(numbers)).toMatchObject({ once: 1_500, never: 0 });
});

/** Resolves at the moment when the provider has accepted this many requests, before it has answered the last. */
function acceptedRequests(buka: Buka, requests: number): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    const stop = buka.onEvent((event) => {
      if (event.type === 'accepted') seen += 1;
      if (seen < requests) return;
      stop();
      resolve();
    });
  });
}
