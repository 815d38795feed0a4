import { mobiles } from '../../setup/app-context';
import { ANNA, createHarness, type Harness, shownIn } from '../harness';
import { exportAs } from '../posts/run-export';

/** The channel of the report is no place for it (any more): nothing is sent before there is one. */
let harness: Harness;
beforeEach(async () => {
  harness = await createHarness('socket');
});
afterEach(async () => {
  expect(harness.slack.refusedPayloads()).toEqual([]);
  await harness.close();
});
const anna = () => harness.slack.as(ANNA);
const compose = async (more: Record<string, string> = {}) => {
  const viewId = await harness.compose();
  await anna().submit(viewId, { Message: 'Hi', 'Or paste numbers': mobiles(2).join('\n'), ...more });
  return viewId;
};
const reviewSays = (text: string) => harness.slack.waitFor(() => shownIn(anna().modal()).includes(text));
const unknownRecords = 'shared with another organisation';

test('a channel of another organisation, which the picker offers to nobody, gets no Send', async () => {
  const shared = harness.slack.channel('general').id;
  harness.slack.shareWithStrangers(shared);
  await compose({ Channel: shared });
  await harness.read();
  expect(shownIn(anna().modal())).toContain(`<#${shared}> is ${unknownRecords}`);
  expect(anna().modal()?.submit).toBeNull();
});

test.each([
  ['shared', () => harness.slack.shareWithStrangers(harness.marketing), unknownRecords],
  ['archived', () => harness.slack.archive(harness.marketing), 'is archived'],
])('one that is %s after the review holds Send, and the new review says why', async (_, change, why) => {
  const viewId = await compose();
  const batchId = await harness.read();
  change();
  await anna().submit(viewId);
  await reviewSays(why);
  expect(anna().modal()?.submit).toBeNull();
  expect(await harness.summary(batchId)).toMatchObject({ status: 'ready', startedAt: null });
});

test('the same from the direct message, which then has no Send', async () => {
  const viewId = await compose();
  await anna().close(viewId);
  await harness.read();
  const direct = () => anna().sees(anna().direct());
  harness.slack.shareWithStrangers(harness.marketing);
  await anna().click(direct()[0]?.ts ?? '', 'sms_send_review', { confirm: true });
  await harness.slack.waitFor(() => shownIn(direct()).includes('Nothing was sent: the report cannot go'));
  expect(shownIn(direct()[0])).toContain(unknownRecords);
  expect(shownIn(direct()[0])).not.toContain('sms_send_review');
  expect(await harness.summary(await harness.latestId())).toMatchObject({ status: 'ready' });
});

test('Slack that does not say where the report may go holds nobody up', async () => {
  const viewId = await compose();
  const batchId = await harness.read();
  harness.slack.faults.set('serverError', { times: 1 });
  await anna().submit(viewId);
  expect(await harness.summary(batchId)).toMatchObject({ status: 'pending' });
});

test('whole numbers go to the one who asks, where the channel has become shared', async () => {
  const batchId = await harness.started(mobiles(2));
  await harness.submitAll(batchId);
  harness.slack.shareWithStrangers(harness.marketing);
  const { message, rows } = await exportAs(harness, { batchId });
  expect(rows).toHaveLength(3);
  expect(message).toMatchObject({ channel: anna().direct() });
  expect(message?.text).toContain(`comes to you alone, since <#${harness.marketing}> is ${unknownRecords}`);
});
