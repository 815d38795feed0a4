import { createServer } from 'node:net';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { expectPromiseKept, onlyBatch, untilProved } from './expect-promise-kept';
import { isFull } from './run-size';
import { sendList } from './send-list';
import { killBots, startBot } from './start-bot';

const SECRET = 'a-secret-of-the-callback';

let system: TestSystem;
afterEach(async () => {
  await killBots();
  await system.close();
});

test('delivery reports come before the reply to our own request, and the bot is killed between the two', async () => {
  const port = await freePort();
  system = await startTestSystem({
    bot: false,
    buka: { latencyMs: 300, faults: { reportsEarly: {} }, pushRetryMs: 200 },
    env: {
      SUBMIT_CONCURRENCY: '2',
      // The provider answers when it has pushed a thousand reports.
      SUBMIT_TIMEOUT_MS: '30000',
      PORT: String(port),
      BUKA_CALLBACK_SECRET: SECRET,
    },
  });
  const { buka, db, env } = system;
  const url = `http://127.0.0.1:${port}/buka`;
  buka.pushTo({ reportUrl: `${url}/reports/${SECRET}`, inboundUrl: `${url}/inbound/${SECRET}` });
  let bot = await startBot(env);
  const numbers = await sendList(system, { good: isFull ? 40_000 : 6_000 });
  let killedAt = 0;
  for (let kill = 0; kill < (isFull ? 10 : 2); kill += 1) {
    // Some are settled by a report while the request that carries them is still open.
    const settledEarly = await until(
      async (): Promise<{ chunk: number } | undefined> =>
        db('sms_batch_recipient as row')
          .join('sms_submission as open', { 'open.batch_id': 'row.batch_id', 'open.chunk': 'row.chunk' })
          .where({ outcome: 'in_flight', settled_by: 'push' })
          .where('open.chunk', '>', killedAt)
          .first('open.chunk'),
      Boolean,
    );
    killedAt = settledEarly?.chunk ?? killedAt;
    await bot.kill('SIGKILL');
    bot = await startBot(env);
  }
  await untilProved(db, buka.ledger, numbers);
  await until(
    () => onlyBatch(db),
    (batch) => batch.status === 'completed',
  );
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(await onlyBatch(db)).toMatchObject({ sending_count: 0, unknown_count: 0 });
}, 600_000);

/** The provider sends webhooks to it, so it must stay the same when the bot is started again. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
