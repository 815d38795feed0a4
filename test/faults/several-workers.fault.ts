import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { expectPromiseKept, isSubmitted, onlyBatch, untilProved } from './expect-promise-kept';
import { isFull, testWhenFull } from './run-size';
import { sendList } from './send-list';
import { type Bot, killBots, startBot } from './start-bot';

let system: TestSystem;
beforeEach(async () => {
  system = await startTestSystem({
    bot: false,
    buka: { latencyMs: 300 },
    env: { SUBMIT_CONCURRENCY: '2', SUBMIT_TIMEOUT_MS: '300000' },
  });
});
afterEach(async () => {
  await killBots();
  await system.close();
});

test('kill -9 of one of three workers: the others continue, and its open requests are found by its missing liveness', async () => {
  const { buka, db, env } = system;
  await startBot({ ...env, ROLE: 'web' });
  const workers = await Promise.all([1, 2, 3].map(() => startBot({ ...env, ROLE: 'worker' })));
  const numbers = await sendList(system, { good: isFull ? 100_000 : 20_000 });
  const victim = await oneThatSubmits(workers, 4);
  await victim.kill('SIGKILL');
  // The deadline of a call is five minutes: only the missing liveness can be noticed so soon.
  await until(() => onlyBatch(db), isSubmitted, 240_000);
  await untilProved(db, buka.ledger, numbers);
  await expectPromiseKept(db, buka.ledger, numbers);
});

testWhenFull('three workers share one batch, each number accepted once', async () => {
  const { buka, db, env } = system;
  await startBot({ ...env, ROLE: 'web' });
  await Promise.all([1, 2, 3].map(() => startBot({ ...env, ROLE: 'worker' })));
  const numbers = await sendList(system, { good: isFull ? 100_000 : 12_000 });
  await until(() => onlyBatch(db), isSubmitted);
  expect((await db('sms_submission').distinct('worker')).length).toBeGreaterThan(1);
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(buka.ledger.counts(numbers)).toMatchObject({ once: numbers.length, never: 0 });
});

/** A worker that has open requests once this many have been accepted; the workers take turns. */
async function oneThatSubmits(workers: Bot[], requests: number): Promise<Bot> {
  await until(
    () => system.db('sms_submission').where({ outcome: 'accepted' }).count('* as n').first(),
    (row) => Number(row?.n) >= requests,
  );
  return workers[1] as Bot;
}
