import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { isSubmitted, onlyBatch } from './expect-promise-kept';
import { sendList } from './send-list';
import { killBots, startBot } from './start-bot';

/** As a process of its own: nothing of Slack's library may end it. */
let system: TestSystem;
afterEach(async () => {
  await killBots();
  await system.close();
});

test('a socket that Slack refuses to open again ends no process, in the middle of a batch or at a restart', async () => {
  system = await startTestSystem({ bot: false, buka: { latencyMs: 400 }, env: { SUBMIT_CONCURRENCY: '1' } });
  const bot = await startBot(system.env);
  const numbers = await sendList(system, { good: 5_000 });
  system.slack.faults.set('socketRefused');
  system.slack.sockets.drop();
  const refused = () => system.slack.traffic.named('apps.connections.open').length;
  const before = refused();
  await until(
    async () => refused(),
    (count) => count >= before + 2,
  );
  expect(await bot.kill('SIGTERM')).toMatchObject({ code: 0 });
  await startBot(system.env);
  await until(() => onlyBatch(system.db), isSubmitted);
  expect(system.buka.ledger.counts(numbers)).toMatchObject({ once: numbers.length, moreThanOnce: 0 });
});
