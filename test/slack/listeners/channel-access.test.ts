import { webApi } from '@slack/bolt';
import { mobiles } from '../../setup/app-context';
import { ANNA, createHarness, type Harness, shownIn } from '../harness';
import { exportAs } from '../posts/run-export';

/** The bot cannot write in the chosen channel, or not any more: nothing is sent before it can. */
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
const SHARED = 'shared with another organisation';

test('a channel of another organisation, which the picker does not offer, gets no Send button', async () => {
  const shared = harness.slack.channel('general').id;
  harness.slack.shareWithOtherOrganisation(shared);
  await compose({ Channel: shared });
  await harness.read();
  expect(shownIn(anna().modal())).toContain(`<#${shared}> is ${SHARED}`);
  expect(anna().modal()?.submit).toBeNull();
});

test.each([
  ['shared', () => harness.slack.shareWithOtherOrganisation(harness.marketing), SHARED],
  ['archived', () => harness.slack.archive(harness.marketing), 'is archived'],
])(
  'a channel that is %s after the review stops Send, and the new review says why',
  async (_, change, why) => {
    const viewId = await compose();
    const batchId = await harness.read();
    change();
    await anna().submit(viewId);
    await reviewSays(why);
    expect(anna().modal()?.submit).toBeNull();
    expect(await harness.summary(batchId)).toMatchObject({ status: 'ready', startedAt: null });
  },
);

test('the same from the direct message, which then has no Send button', async () => {
  const viewId = await compose();
  await anna().close(viewId);
  await harness.read();
  const direct = () => anna().sees(anna().direct());
  harness.slack.shareWithOtherOrganisation(harness.marketing);
  await anna().click(direct()[0]?.ts ?? '', 'sms_send_review', { confirm: true });
  await harness.slack.waitFor(() => shownIn(direct()).includes('Nothing was sent: the report cannot go'));
  expect(shownIn(direct()[0])).toContain(SHARED);
  expect(shownIn(direct()[0])).not.toContain('sms_send_review');
  expect(await harness.summary(await harness.latestId())).toMatchObject({ status: 'ready' });
});

test('a batch starts if Slack does not answer about the channel', async () => {
  const viewId = await compose();
  const batchId = await harness.read();
  harness.slack.faults.set('serverError', { times: 1 });
  await anna().submit(viewId);
  expect(await harness.summary(batchId)).toMatchObject({ status: 'pending' });
});

test.each([
  ['Slack answers internal_error', { ok: false, error: 'internal_error' }, 'Slack did not say who reads'],
  ['Slack may not be asked', { ok: false, error: 'missing_scope' }, 'Slack did not say who reads'],
  ['the answer has no channel', { ok: true }, 'Slack did not say who reads'],
  ['the answer does not say who reads it', { ok: true, channel: { is_member: true } }, 'Slack did not say'],
  [
    'the bot is not in it',
    { ok: true, channel: { is_ext_shared: false, is_member: false } },
    'the bot is not in',
  ],
  ['it is archived', { ok: true, channel: { is_ext_shared: false, is_archived: true } }, 'is archived'],
])('an export goes to the person alone, and says why, if %s', async (_, answer, why) => {
  const batchId = await harness.started(mobiles(2));
  await harness.submitAll(batchId);
  const { conversations } = harness.clients.client;
  jest.spyOn(conversations, 'info').mockImplementation(async () => {
    if ('error' in answer) throw new webApi.WebAPIPlatformError(answer);
    return answer;
  });
  const { message, rows } = await exportAs(harness, { batchId });
  expect(rows).toHaveLength(3);
  expect(message).toMatchObject({ channel: anna().direct() });
  expect(message?.text).toContain(why);
  const inChannel = harness.slack.messages(harness.marketing);
  expect(inChannel.filter(({ files }) => files?.length)).toEqual([]);
});

test('an export goes to the person alone if the channel has become shared', async () => {
  const batchId = await harness.started(mobiles(2));
  await harness.submitAll(batchId);
  harness.slack.shareWithOtherOrganisation(harness.marketing);
  const { message, rows } = await exportAs(harness, { batchId });
  expect(rows).toHaveLength(3);
  expect(message).toMatchObject({ channel: anna().direct() });
  expect(message?.text).toContain(`comes to you alone, since <#${harness.marketing}> is ${SHARED}`);
});
