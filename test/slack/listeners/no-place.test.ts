import { mobiles } from '../../setup/app-context';
import { ANNA, type Stage, setStage, shownIn } from '../harness';
import { exportAs } from '../posts/exporting';

/** The channel of the report is no place for it (any more): nothing is sent before there is one. */
let stage: Stage;
beforeEach(async () => {
  stage = await setStage('socket');
});
afterEach(async () => {
  expect(stage.slack.faults()).toEqual([]);
  await stage.close();
});
const anna = () => stage.slack.as(ANNA);
const compose = async (more: Record<string, string> = {}) => {
  const viewId = await stage.compose();
  await anna().submit(viewId, { Message: 'Hi', 'Or paste numbers': mobiles(2).join('\n'), ...more });
  return viewId;
};
const reviewSays = (text: string) => stage.slack.waitFor(() => shownIn(anna().modal()).includes(text));
const strangers = 'shared with another organisation';

test('a channel of another organisation, which the picker offers to nobody, gets no Send', async () => {
  const shared = stage.slack.channel('general').id;
  stage.slack.shareWithStrangers(shared);
  await compose({ Channel: shared });
  await stage.read();
  expect(shownIn(anna().modal())).toContain(`<#${shared}> is ${strangers}`);
  expect(anna().modal()?.submit).toBeNull();
});

test.each([
  ['shared', () => stage.slack.shareWithStrangers(stage.marketing), strangers],
  ['archived', () => stage.slack.archive(stage.marketing), 'is archived'],
])('one that is %s after the review holds Send, and the new review says why', async (_, change, why) => {
  const viewId = await compose();
  const batchId = await stage.read();
  change();
  await anna().submit(viewId);
  await reviewSays(why);
  expect(anna().modal()?.submit).toBeNull();
  expect(await stage.summary(batchId)).toMatchObject({ status: 'ready', startedAt: null });
});

test('the same from the direct message, which then has no Send', async () => {
  const viewId = await compose();
  await anna().close(viewId);
  await stage.read();
  const direct = () => anna().sees(anna().direct());
  stage.slack.shareWithStrangers(stage.marketing);
  await anna().click(direct()[0]?.ts ?? '', 'sms_send_review', { confirm: true });
  await stage.slack.waitFor(() => shownIn(direct()).includes('Nothing was sent: the report cannot go'));
  expect(shownIn(direct()[0])).toContain(strangers);
  expect(shownIn(direct()[0])).not.toContain('sms_send_review');
  expect(await stage.summary(await stage.latestId())).toMatchObject({ status: 'ready' });
});

test('Slack that does not say where the report may go holds nobody up', async () => {
  const viewId = await compose();
  const batchId = await stage.read();
  stage.slack.weather.set('serverError', { times: 1 });
  await anna().submit(viewId);
  expect(await stage.summary(batchId)).toMatchObject({ status: 'pending' });
});

test('whole numbers go to the one who asks, where the channel has become shared', async () => {
  const batchId = await stage.started(mobiles(2));
  await stage.submitAll(batchId);
  stage.slack.shareWithStrangers(stage.marketing);
  const { message, rows } = await exportAs(stage, { batchId });
  expect(rows).toHaveLength(3);
  expect(message).toMatchObject({ channel: anna().direct() });
  expect(message?.text).toContain(`comes to you alone, since <#${stage.marketing}> is ${strangers}`);
});
