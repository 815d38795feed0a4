import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import type { App } from '../../src/app';
import { isSubmitted, onlyBatch } from '../faults/expect-promise-kept';
import { ANNA, sendList } from '../faults/send-list';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';

/** What Slack says, or does not say, at a start and while a batch is sent. Each test starts its own bots. */
let system: TestSystem;
afterEach(() => system.close());

const readiness = async ({ port }: App) => {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const installed = () => system.db('slack_installation').orderBy('tenant_id');
const sentTo = (numbers: string[]) => system.buka.ledger.counts(numbers);
const all = (numbers: string[]) => ({ once: numbers.length, moreThanOnce: 0, never: 0, unexpected: 0 });
/** Slow enough that there is something left to send when Slack goes. */
const SLOW = { buka: { latencyMs: 400 }, env: { SUBMIT_CONCURRENCY: '1' } };
const GOOD = 6_000;

/** A batch of which a part is sent. */
async function halfSent(): Promise<string[]> {
  const numbers = await sendList(system, { good: GOOD });
  await until(
    () => onlyBatch(system.db),
    (batch) => batch.sending_count > 0,
  );
  return numbers;
}

test('a bot that was installed before starts while Slack is away, and sends what was ordered', async () => {
  system = await startTestSystem({ ...SLOW, bot: false });
  const first = await system.startBot();
  const numbers = await halfSent();
  await first.stop();
  const [before] = await installed();
  system.slack.faults.set('serverError');
  const bot = await system.startBot();
  await until(() => onlyBatch(system.db), isSubmitted);
  expect(sentTo(numbers)).toEqual(all(numbers));
  expect((await installed())[0]).toEqual(before);
  expect(await readiness(bot)).toMatchObject({ status: 503, body: { database: true, slack: false } });
  system.slack.faults.clear();
  await until(
    () => readiness(bot),
    ({ status }) => status === 200,
  );
  const { slack } = system;
  const report = () => slack.messages(slack.channel('marketing').id)[0]?.text ?? '';
  await slack.waitFor(() => /submitted, waiting|Completed:/.test(report()), { timeoutMs: 60_000 });
});

test('a token that is revoked in the middle of a batch stops nothing, nor does a restart', async () => {
  system = await startTestSystem({ ...SLOW, mode: 'http', bot: false });
  const first = await system.startBot();
  const numbers = await halfSent();
  system.slack.faults.set('tokenRefused');
  await first.stop();
  const bot = await system.startBot();
  await until(() => onlyBatch(system.db), isSubmitted);
  expect(sentTo(numbers)).toEqual(all(numbers));
  expect(await readiness(bot)).toMatchObject({ status: 200, body: { ok: true, slack: false } });
});

test('a socket that Slack refuses to open again is tried again; readyz says so meanwhile', async () => {
  system = await startTestSystem({ ...SLOW, bot: false });
  const bot = await system.startBot();
  const numbers = await halfSent();
  system.slack.faults.set('socketRefused', { error: 'account_inactive' });
  system.slack.sockets.drop();
  await until(
    () => readiness(bot),
    ({ status, body }) => status === 503 && body.slack === false,
  );
  await until(() => onlyBatch(system.db), isSubmitted);
  expect(sentTo(numbers)).toEqual(all(numbers));
  system.slack.faults.clear();
  await until(
    () => readiness(bot),
    ({ status }) => status === 200,
    90_000,
  );
  await system.slack.as(ANNA).command('/sms help', system.slack.channel('marketing').id);
});

test('an org-wide token is said at the start, and changes nothing', async () => {
  system = await startTestSystem({ bot: false });
  system.slack.faults.set('orgToken');
  await expect(system.startBot()).rejects.toThrow(/org-wide token.*Install the app in one workspace/);
  expect(await installed()).toEqual([]);
  expect(await system.db('tenant')).toEqual([]);
});

describe('the token of another workspace', () => {
  let other: Slack;
  const start = () => system.startBot({ SLACK_API_URL: other.url });
  beforeEach(async () => {
    system = await startTestSystem({ ...SLOW, bot: false });
    const team = { id: 'T0OTHERONE', name: 'Other', domain: 'other' };
    const signingSecret = system.env.SLACK_SIGNING_SECRET as string;
    other = await startSlack({ signingSecret, botToken: 'xoxb-test', appToken: 'xapp-test', team });
  });
  afterEach(() => other.close());

  test('while batches of the former one are sent and no bot serves it: refused, and nothing is changed', async () => {
    const first = await system.startBot();
    const numbers = await halfSent();
    await first.stop();
    const before = await installed();
    await expect(start()).rejects.toThrow(
      /token of the workspace Other, and the workspace Playground has batches that are not over \(1\)/,
    );
    expect(await installed()).toEqual(before);
    expect(await system.db('tenant')).toHaveLength(1);
    await system.startBot();
    await until(() => onlyBatch(system.db), isSubmitted);
    expect(sentTo(numbers)).toEqual(all(numbers));
  });

  test('beside a bot that serves the former one: it is added', async () => {
    await system.startBot();
    await halfSent();
    await start();
    expect(await installed()).toHaveLength(2);
  });
});
