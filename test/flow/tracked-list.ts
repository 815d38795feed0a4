import type { SlackMessage, SlackView } from '@bulk-sms/playground/slack/workspace/shapes';
import { sampleCsv } from '../setup/sample-files';
import { startTestSystem, type TestSystem, type TestSystemOptions } from '../setup/test-system';

const ANNA = 'U0ANNA0001';
const SECRET = 'a-secret-of-the-callback';

/** No poll runs by itself during a test. */
export const NO_POLLS = { DELIVERY_POLL_MS: '900000' };

export interface Tracked {
  system: TestSystem;
  /** Calls `deliver` once Buka has every text. Resolves when the notice of completion is there. */
  completeBy(deliver: () => void | Promise<void>): Promise<void>;
  /**
   * Waits for everything that is on its way. Then checks that the outcomes are Buka's, that each recipient was sent to
   * once, and that completion was announced once.
   */
  expectAllSettled(): Promise<void>;
  /** How many outcomes came from each source. */
  sources(): Promise<Record<string, number>>;
}

export interface TrackedOptions extends TestSystemOptions {
  count: number;
  /** False: Buka sends no webhooks. */
  pushes?: boolean;
}

/** Anna sends to a list; one text in ten fails, and none is final before the test says so. */
export async function sendTracked({ count, pushes = true, ...options }: TrackedOptions): Promise<Tracked> {
  const system = await startTestSystem({
    ...options,
    bot: false,
    env: { BUKA_CALLBACK_SECRET: SECRET, ...options.env },
    buka: {
      apps: [{ apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app'], balance: '50000' }],
      timings: { sendingMs: { min: 3_600_000, max: 7_200_000 } },
      outcomes: { failedShare: 0.1 },
      pushRetryMs: 10,
      ...options.buka,
    },
  });
  const bot = await system.startBot();
  const url = `http://127.0.0.1:${bot.port}/buka`;
  if (pushes) {
    system.buka.pushTo({ reportUrl: `${url}/reports/${SECRET}`, inboundUrl: `${url}/inbound/${SECRET}` });
  }
  await sendList(system, count);
  return tracked(system, count);
}

async function sendList({ slack }: TestSystem, count: number): Promise<void> {
  const anna = slack.as(ANNA);
  await anna.command('/sms send', slack.channel('marketing').id);
  const compose = await slack.waitFor(() => anna.modal());
  const content = sampleCsv({ good: count });
  await anna.submit(compose.id, { Message: 'Hello', 'Recipients file': [{ name: 'list.csv', content }] });
  const send = `Send ${count.toLocaleString('en-US')}`;
  const review = await slack.waitFor(() => viewThatSays(anna.modal(), send), { timeoutMs: 60_000 });
  await anna.submit(review.id);
}

function viewThatSays(view: SlackView | null, text: string): SlackView | null {
  return view && JSON.stringify(view).includes(text) ? view : null;
}

function tracked(system: TestSystem, count: number): Tracked {
  const { slack, buka, db } = system;
  const notices = (): SlackMessage[] =>
    slack
      .messages(slack.channel('marketing').id)
      .filter((one) => one.thread_ts !== undefined && one.thread_ts !== one.ts);

  async function sources(): Promise<Record<string, number>> {
    const rows = await db('sms_batch_recipient')
      .groupBy('settled_by')
      .select('settled_by', db.raw('count(*)::int as n'));
    return Object.fromEntries(rows.map((row) => [row.settled_by, row.n]));
  }

  /** Resolves when all webhooks are applied, and no announcement waits. */
  async function waitUntilQuiet(): Promise<void> {
    await buka.pushesDone();
    for (;;) {
      const { rows } = await db.raw(
        `select (select count(*)::int from webhook_inbox where outcome is null and due_at <= now())
           + (select count(*)::int from bulk_sms_queue.jobs where task_identifier = 'announce-completion') as left`,
      );
      if (rows[0].left === 0) return;
    }
  }

  return {
    system,
    sources,
    async completeBy(deliver) {
      await slack.waitFor(() => buka.ledger.counts().once === count, { timeoutMs: 120_000 });
      await deliver();
      await slack.waitFor(() => notices().length > 0, { timeoutMs: 240_000 });
    },
    async expectAllSettled() {
      await waitUntilQuiet();
      expect(notices()).toHaveLength(1);
      const { delivered, failed } = buka.state().messages;
      expect(delivered + failed).toBe(count);
      expect(await db('sms_batch').first()).toMatchObject({
        status: 'completed',
        success_count: delivered,
        failed_count: failed,
      });
      const stored = await db('sms_batch_recipient')
        .groupBy('status')
        .select('status', db.raw('count(*)::int as n'));
      expect(Object.fromEntries(stored.map((row) => [row.status, row.n]))).toEqual({ delivered, failed });
      expect(buka.ledger.counts()).toEqual({ once: count, moreThanOnce: 0, never: 0, unexpected: 0 });
    },
  };
}
