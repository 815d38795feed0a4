import type { SlackMessage } from '@bulk-sms/playground/slack/workspace/shapes';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { expectPromiseKept, isSubmitted, onlyBatch } from './expect-promise-kept';
import { isFull } from './run-size';
import { ANNA, sendList } from './send-list';
import { killBots, startBot } from './start-bot';

let system: TestSystem;
afterEach(async () => {
  await killBots();
  await system.close();
});

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  test('every request of Slack delivered twice is one batch, sent once', async () => {
    system = await startTestSystem({ mode });
    const numbers = await sendList(system, { good: 1_500 }, { deliverTwice: true });
    await expectSentOnce(numbers);
  });

  test('each modal submitted by a double click is one batch, sent once', async () => {
    system = await startTestSystem({ mode });
    const numbers = await sendList(system, { good: 1_500 }, { double: true });
    await expectSentOnce(numbers);
  });
});

test('many pauses and resumes, each clicked twice, lose nobody and reach nobody twice', async () => {
  // Slow enough that there is always something left to pause.
  const buka = { latencyMs: 1_500 };
  system = await startTestSystem({ buka, env: { SUBMIT_CONCURRENCY: '1', MESSAGE_REFRESH_MS: '100' } });
  const { slack, db } = system;
  const marketing = slack.channel('marketing').id;
  const numbers = await sendList(system, { good: isFull ? 60_000 : 10_000 });
  const live = await slack.waitFor(() => reportIn(slack.messages(marketing)));
  for (let round = 0; round < (isFull ? 100 : 8); round += 1) {
    for (const button of ['Pause', 'Resume']) {
      await until(
        async () => JSON.stringify(reportIn(slack.messages(marketing))),
        (shown) => shown.includes(`"${button}"`) || isOver(shown),
      );
      if (isOver(JSON.stringify(reportIn(slack.messages(marketing))))) break;
      // The batch may have ended just before the click.
      await slack
        .as(ANNA)
        .click(live.ts, button, { double: true })
        .catch(() => undefined);
    }
  }
  await expectSentOnce(numbers);
  expect((await db('audit_event').where({ action: 'batch.pause' })).length).toBeGreaterThan(3);
}, 600_000);

/** As a process of its own: nothing of Slack's library may end it. */
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

async function expectSentOnce(numbers: string[]): Promise<void> {
  const { buka, db } = system;
  await until(() => onlyBatch(db), isSubmitted);
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(buka.ledger.counts(numbers)).toEqual({
    once: numbers.length,
    moreThanOnce: 0,
    never: 0,
    unexpected: 0,
  });
}

function reportIn(messages: SlackMessage[]): SlackMessage | undefined {
  return messages.find((one) => !one.thread_ts || one.thread_ts === one.ts);
}

/** True where neither button is left: everything was submitted. */
const isOver = (shown: string) =>
  !shown.includes('"Pause"') && !shown.includes('"Resume"') && shown.includes('"Details"');
