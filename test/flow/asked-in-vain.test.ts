import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';

/** The whole bot, where Buka does not answer its questions, or its settings change while texts are on their way. */
let system: TestSystem;
afterEach(() => system.close());

const ANNA = 'U0ANNA0001';
const NUMBERS = ['+8613800138000', '+8613800138001', '+8613800138002', '+8613800138003', '+8613800138004'];

async function sendToFive(): Promise<void> {
  const { slack } = system;
  const anna = slack.as(ANNA);
  await anna.command('/sms send', slack.channel('marketing').id);
  const compose = await slack.waitFor(() => anna.modal());
  await anna.submit(compose.id, { Message: 'Hello', 'Or paste numbers': NUMBERS.join('\n') });
  const review = await slack.waitFor(
    () => (JSON.stringify(anna.modal()).includes('Send 5') ? anna.modal() : null),
    {
      timeoutMs: 60_000,
    },
  );
  await anna.submit(review.id);
}

const said = () => JSON.stringify(system.slack.messages(system.slack.channel('marketing').id));
const counts = () =>
  system.db('sms_batch').first('status', 'unknown_count', 'sending_count', 'success_count');
const runNow = (kind: string) =>
  system.db.raw(
    `select bulk_sms_queue.reschedule_jobs(array_agg(id), now()) from bulk_sms_queue.jobs where task_identifier = ?`,
    [kind],
  );

test('the answer to a send is lost, and the records cannot be asked: people read that, decide nothing, and nobody is texted twice', async () => {
  system = await startTestSystem({
    env: { UNCERTAIN_SETTLE_MINUTES: '0.01', SUBMIT_TIMEOUT_MS: '2000' },
    buka: { faults: { dropAfter: { times: 1, on: 'sendSms' }, htmlBefore: { on: 'getSentRcd' } } },
  });
  await sendToFive();
  await until(counts, (one) => one?.unknown_count === 5);
  await until(
    async () => {
      await runNow('reconcile');
      return said();
    },
    (text) => text.includes('could not be asked'),
  );
  expect(said()).not.toContain('has no record');
  expect(said()).not.toContain('sms_resend_uncertain');

  system.buka.faults.clear('htmlBefore');
  await system.db('rate_limit').delete();
  await until(
    async () => {
      await runNow('reconcile');
      return counts();
    },
    (one) => one?.unknown_count === 0,
  );
  system.buka.deliverNow();
  await until(counts, (one) => one?.status === 'completed' && one.success_count === 5);
  expect(system.buka.ledger.counts()).toMatchObject({ once: 5, moreThanOnce: 0 });
}, 240_000);

test('the app id changes while texts are on their way: they are followed under the former one', async () => {
  const app = { apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app', 'second-app'] };
  const timings = { sendingMs: { min: 3_600_000, max: 7_200_000 } };
  system = await startTestSystem({ bot: false, buka: { apps: [app], timings } });
  const bot = await system.startBot();
  await sendToFive();
  await until(counts, (one) => one?.status === 'submitted');
  await bot.stop();
  await system.startBot({ BUKA_APP_ID: 'second-app' });
  system.buka.deliverNow();
  await until(counts, (one) => one?.status === 'completed' && one.success_count === 5);
}, 240_000);
