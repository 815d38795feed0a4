import type { SlackView } from '@bulk-sms/playground/slack/workspace/shapes';
import { startTestSystem, type TestSystem } from '../setup/test-system';

const ANNA = 'U0ANNA0001';
const SECRET = 'a-secret-of-the-callback';
/** Three of China at 0.032 and two of the United States at 0.0079 a segment: see the local Buka's prices. */
const NUMBERS = ['13800138000', '13800138001', '13800138002', '+12025550123', '+12025550124'];

let system: TestSystem;
afterEach(() => system.close());

test('what a batch was charged is shown beside its estimate, and is the estimate of the next', async () => {
  await startPriced();
  const first = await send('Hello', NUMBERS);
  expect(first.review).toContain('not known yet: it is learnt from what batches are charged');
  // Prices come with the reports, which may be later than the answer to a question that completed the batch.
  const learnt = await reportOnce('Completed', '*Cost*\\n0.1118 USD\\nfor 5 messages\\n5 segments charged');
  expect(learnt).toContain('*Estimated for 5 messages*\\nno price was known then');

  // Two segments each, and a country that has never been charged.
  const second = await send('x'.repeat(170), [...NUMBERS, '+33612345678']);
  expect(second.review).toContain('about 0.2236 USD\\nwithout 1 message whose price is not known yet');
  const shown = await reportOnce('Completed', '*Cost*\\n0.3316 USD\\nfor 6 messages\\n12 segments charged');
  expect(shown).toContain('*Estimated for 6 messages*\\nabout 0.2236 USD\\nwithout 1 message whose price');
}, 240_000);

test('a batch without any reported price says so at its end', async () => {
  await startPriced({ reportUrl: false });
  await send('Hello', NUMBERS);
  const shown = await reportOnce('Completed');
  expect(shown).toContain('*Cost*\\nnot known: the provider has reported no price');
}, 240_000);

async function startPriced({ reportUrl = true } = {}): Promise<void> {
  system = await startTestSystem({
    bot: false,
    env: { BUKA_CALLBACK_SECRET: SECRET },
    buka: {
      apps: [{ apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app'], balance: '500' }],
      timings: { sendingMs: { min: 100, max: 200 } },
      outcomes: { failedShare: 0 },
      pushRetryMs: 10,
    },
  });
  const bot = await system.startBot();
  if (reportUrl) system.buka.pushTo({ reportUrl: `http://127.0.0.1:${bot.port}/buka/reports/${SECRET}` });
}

async function send(message: string, numbers: string[]): Promise<{ review: string }> {
  const { slack } = system;
  const anna = slack.as(ANNA);
  await anna.command('/sms send', slack.channel('marketing').id);
  const compose = await slack.waitFor(() => anna.modal());
  await anna.submit(compose.id, { Message: message, 'Or paste numbers': numbers.join('\n') });
  const review = await slack.waitFor(() => reviewIn(anna.modal()), { timeoutMs: 60_000 });
  await anna.submit(review.id);
  return { review: JSON.stringify(review) };
}

const reviewIn = (view: SlackView | null) => (JSON.stringify(view ?? '').includes('Send ') ? view : null);

/** The report that shows all of this, once one does. */
function reportOnce(...texts: string[]): Promise<string> {
  const { slack } = system;
  return slack.waitFor(
    () =>
      slack
        .messages(slack.channel('marketing').id)
        .map((message) => JSON.stringify(message))
        .find((shown) => shown.includes('sms_refresh') && texts.every((text) => shown.includes(text))),
    { timeoutMs: 90_000 },
  );
}
