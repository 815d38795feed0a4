import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { isSubmitted } from './expect-promise-kept';
import { isFull } from './run-size';
import { BEN, sendList } from './send-list';
import { killBots, startBot } from './start-bot';

let system: TestSystem;
beforeEach(async () => {
  system = await startTestSystem({
    bot: false,
    buka: { latencyMs: 300 },
    env: { SUBMIT_CONCURRENCY: '2', SUBMIT_TIMEOUT_MS: '20000' },
  });
});
afterEach(async () => {
  await killBots();
  await system.close();
});

test('a batch of 50 is submitted while a big one is still under way, by the same two workers', async () => {
  const { db, env } = system;
  await startBot({ ...env, ROLE: 'web' });
  await Promise.all([1, 2].map(() => startBot({ ...env, ROLE: 'worker' })));
  await sendList(system, { good: isFull ? 400_000 : 60_000 });
  const big = await db('sms_batch').first('id');
  await until(
    () => db('sms_batch').where({ id: big.id }).first('sending_count'),
    (batch) => batch.sending_count >= 3_000,
  );
  await sendList(system, { good: 50 }, {}, BEN);
  const small = () => db('sms_batch').whereNot({ id: big.id }).first('status', 'sending_count');
  await until(small, isSubmitted);
  const left = await db('sms_submission').where({ batch_id: big.id, outcome: 'waiting' });
  expect(left.length).toBeGreaterThan(0);
}, 900_000);
