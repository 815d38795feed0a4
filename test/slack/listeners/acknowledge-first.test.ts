import type { TrafficEntry } from '@bulk-sms/playground/slack/traffic';
import { mobiles } from '../../setup/app-context';
import { ANNA, sharedHarness, shownIn } from '../harness';

/**
 * Slack gives up after three seconds. A wall clock says little on a busy machine, so this looks at the order: Slack has
 * the acknowledgement before the bot's first call is answered, however slow Slack's own answers are.
 */
const harness = sharedHarness('http');
const anna = () => harness.slack.as(ANNA);

beforeEach(() => {
  harness.slack.traffic.clear();
  harness.slack.faults.set('slow', { ms: 1_000 });
});
afterEach(() => harness.slack.faults.clear());

async function firstEntries(call: string): Promise<TrafficEntry[]> {
  await harness.slack.waitFor(() => harness.slack.traffic.named(call).length > 0);
  return harness.slack.traffic.list();
}

test('a click is acknowledged before a window is opened', async () => {
  harness.slack.faults.clear();
  const batchId = await harness.started(mobiles(2, 13_800_138_700));
  await anna().command(`/sms status ${batchId}`, harness.marketing);
  const withButtons = () =>
    anna()
      .sees(harness.marketing)
      .find((one) => shownIn(one).includes('sms_details'));
  const { ts = '' } = (await harness.slack.waitFor(withButtons)) ?? {};
  harness.slack.traffic.clear();
  harness.slack.faults.set('slow', { ms: 1_000 });
  await anna().click(ts, 'sms_details');
  const [first] = await firstEntries('views.open');
  expect(first).toMatchObject({ direction: 'to_app', kind: 'interaction', status: 200 });
  await anna().close(anna().modal()?.id ?? '');
});

test('a form is answered before its list is downloaded', async () => {
  harness.slack.faults.clear();
  const viewId = await harness.compose();
  harness.slack.traffic.clear();
  harness.slack.faults.set('slow', { ms: 1_000 });
  const content = 'phone\n13800138701\n';
  await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [{ name: 'list.csv', content }] });
  const kinds = harness.slack.traffic.list().map(({ kind }) => kind);
  expect(kinds).toContain('interaction');
  expect(kinds).not.toContain('download');
});

test('a command is acknowledged before a window is opened', async () => {
  await anna().command('/sms send', harness.marketing);
  const [first] = await firstEntries('views.open');
  expect(first).toMatchObject({ direction: 'to_app', kind: 'command', status: 200 });
});
