import type { SlackMessage, SlackView } from '@bulk-sms/playground/slack/workspace/shapes';
import { sampleCsv } from '../setup/sample-files';
import { startTestSystem, type TestSystem } from '../setup/test-system';

const ANNA = 'U0ANNA0001';
const MESSAGE = 'Flash sale: 20% off until Sunday <!channel> & more';

/** 40 bad lines, eight of each of five kinds, and 60 duplicates. */
const REVIEWED = [
  '2,400 messages will be sent',
  'China 2,400',
  '*Left out:* 100 rows',
  'Duplicate – 60: customers.csv line 2442 (same as line 2)',
  'Not a phone number – 8: customers.csv line 2402',
  'Too short – 8: customers.csv line 2403',
  'Damaged by a spreadsheet (such as 8.61E+12) – 8: customers.csv line 2404',
  'Landline, cannot receive texts – 8: customers.csv line 2405',
  'Too long – 8: customers.csv line 2406',
];

let system: TestSystem;
afterEach(() => system.close());

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  test('2,500 rows from a semicolon CSV become 2,400 texts, accepted once each, delivered and announced', async () => {
    system = await startTestSystem({ mode, buka: { apps: [{ ...account(), balance: '500' }] } });
    const { slack, buka } = system;
    const marketing = slack.channel('marketing').id;
    const anna = slack.as(ANNA);

    const opened = await anna.command('/sms send', marketing);
    expect(opened.problem).toBeNull();
    const csv = sampleCsv({
      good: 2400,
      bad: 40,
      duplicates: 60,
      header: '手机号',
      delimiter: ';',
      bom: true,
    });
    const compose = await slack.waitFor(() => anna.modal());
    const submitted = await anna.submit(compose.id, {
      Message: MESSAGE,
      'Recipients file': [{ name: 'customers.csv', content: csv }],
    });
    expect(submitted.errors).toEqual({});

    const review = await slack.waitFor(() => viewThatSays(anna.modal(), 'Send 2,400'), { timeoutMs: 60_000 });
    expect(review.submit?.text).toBe('Send 2,400 messages');
    for (const exact of REVIEWED) expect(textOf(review)).toContain(exact);
    const sent = await anna.submit(review.id);
    expect(sent.problem).toBeNull();

    const live = await slack.waitFor(() => reportIn(slack.messages(marketing)), { timeoutMs: 60_000 });
    // In a rich_text element nothing is interpreted; anywhere else it would ping the channel.
    expect(mrkdwnOf(live)).not.toContain('<!channel>');
    expect(textOf(live)).toContain('<!channel> & more');
    await slack.waitFor(() => buka.ledger.counts().once === 2400, { timeoutMs: 60_000 });
    expect(buka.calls().sendSms).toBe(3);

    await slack.waitFor(
      () => /2,400.*sending|sending.*2,400/is.test(textOf(reportIn(slack.messages(marketing)))),
      {
        timeoutMs: 60_000,
      },
    );
    buka.deliverNow();
    const refresh = await anna.click(live.ts, 'Refresh status');
    expect(refresh.problem).toBeNull();

    const notice = await slack.waitFor(
      () =>
        slack
          .messages(marketing)
          .find((one) => one.thread_ts === live.ts && textOf(one).includes(`<@${ANNA}>`)),
      { timeoutMs: 90_000 },
    );
    expect(textOf(notice)).toContain('2,400');
    await slack.waitFor(() => /Delivered/.test(textOf(reportIn(slack.messages(marketing)))));
    const batch = await system.db('sms_batch').first();
    expect(batch).toMatchObject({ status: 'completed', total_count: 2400, success_count: 2400 });
    expect(buka.ledger.counts()).toEqual({ once: 2400, moreThanOnce: 0, never: 0, unexpected: 0 });
    const notices = slack
      .messages(marketing)
      .filter((one) => one.thread_ts === live.ts && one.ts !== live.ts);
    expect(notices).toHaveLength(1);
  }, 240_000);
});

function account() {
  return { apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app'] };
}

function reportIn(messages: SlackMessage[]): SlackMessage | undefined {
  return messages.find((one) => !one.thread_ts || one.thread_ts === one.ts);
}

function viewThatSays(view: SlackView | null, text: string): SlackView | null {
  return view && JSON.stringify(view).includes(text) ? view : null;
}

/** Every string that Slack would interpret. */
function mrkdwnOf(message: SlackMessage): string {
  return (message.text ?? '') + JSON.stringify(message.blocks?.filter((block) => block.type !== 'rich_text'));
}

function textOf(shown: unknown): string {
  return JSON.stringify(shown ?? '');
}
