import { ACTIONS, BLOCKS, CALLBACKS } from '../../../../src/slack/blocks/ids';
import type { SignedRequests } from '../../../../src/slack/listeners/signed-requests';
import { sweepPosts } from '../../../../src/slack/posts/sweep-posts';
import { createSlackApp } from '../../../../src/slack/slack-app';
import { beginDelivery } from '../../../../src/slack/store/deliveries.sql';
import { mobiles } from '../../../setup/app-context';
import { click, command, deliver, form, interaction, responseUrlOf, type SignedRequest } from '../../forge';
import { ANNA, listenToSlack, sharedHarness, until } from '../../harness';

/** The same bytes with the same signature, delivered again: acknowledged, and nothing is done twice. */
const harness = sharedHarness('http');
const db = () => harness.app.db;

const pressed = async (action: string, value: string): Promise<SignedRequest> =>
  interaction(click(harness, ANNA, { action, value, responseUrl: await responseUrlOf(harness, ANNA) }));
const status = async (batchId: string) => (await harness.summary(batchId)).status;
const deliveries = async () => Number((await db()('slack_delivery').count('id as n').first())?.n);

/** Delivers, and waits for what the bot does after its acknowledgement: a later request of the same kind is done too. */
async function repeat(request: SignedRequest, times = 1): Promise<void> {
  for (let sent = 0; sent < times; sent += 1) {
    const answer = await deliver(harness, request);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  }
  const before = harness.slack.traffic.named('response_url').length;
  const help = { user_id: ANNA, text: 'help', response_url: await responseUrlOf(harness, ANNA) };
  await deliver(harness, command(harness, help));
  await harness.slack.waitFor(() => harness.slack.traffic.named('response_url').length > before);
  await new Promise((resolve) => setTimeout(resolve, 200));
}

test('a pause does not pause again what was resumed since', async () => {
  const batchId = await harness.started(mobiles(2));
  const pause = await pressed(ACTIONS.pause, batchId);
  const resume = await pressed(ACTIONS.resume, batchId);
  await deliver(harness, pause);
  await until(async () => (await status(batchId)) === 'paused');
  await repeat(pause, 2);
  await deliver(harness, resume);
  await until(async () => (await status(batchId)) === 'pending');
  await repeat(pause, 3);
  expect(await status(batchId)).toBe('pending');
  await deliver(harness, await pressed(ACTIONS.pause, batchId));
  await until(async () => (await status(batchId)) === 'paused');
  await repeat(resume);
  expect(await status(batchId)).toBe('paused');
});

test('neither other headers nor a longer signature make it another request', async () => {
  const batchId = await harness.started(mobiles(2, 13_800_138_100));
  const pause = await pressed(ACTIONS.pause, batchId);
  const resume = await pressed(ACTIONS.resume, batchId);
  await deliver(harness, pause);
  await until(async () => (await status(batchId)) === 'paused');
  await deliver(harness, resume);
  await until(async () => (await status(batchId)) === 'pending');
  await repeat({ ...pause, headers: { ...pause.headers, 'x-slack-retry-num': '1' } });
  const longer = { ...pause.headers, 'x-slack-signature': `${pause.headers['x-slack-signature']}=again` };
  expect((await deliver(harness, { ...pause, headers: longer })).status).toBe(401);
  expect(await status(batchId)).toBe('pending');
});

test('an export is asked for once, also where another process gets the second delivery', async () => {
  const batchId = await harness.started(mobiles(2, 13_800_138_200));
  await harness.complete(batchId);
  const audited = async () =>
    Number((await db()('audit_event').where({ action: 'batch.export' }).count('* as n').first())?.n);
  const before = await audited();
  const other = createSlackApp(harness.workspaces, {
    isAccepted: () => true,
    appId: () => harness.clients.workspace.appId,
  });
  const server = await listenToSlack(other.requests as SignedRequests);
  const requestUrl = server.url;
  try {
    const request = await pressed(ACTIONS.exportRecipients, batchId);
    await Promise.all([deliver(harness, request), deliver({ ...harness, requestUrl }, request)]);
    await until(async () => (await audited()) > before);
    await deliver({ ...harness, requestUrl }, request);
    await repeat(request);
    expect(await audited()).toBe(before + 1);
  } finally {
    await server.stop(0);
  }
});

test('a command is answered once', async () => {
  const answers = () => harness.slack.traffic.named('views.open').length;
  const before = answers();
  const request = command(harness, { user_id: ANNA, text: 'send', trigger_id: 'replayed' });
  await deliver(harness, request);
  await harness.slack.waitFor(() => answers() > before);
  await repeat(request, 3);
  expect(answers()).toBe(before + 1);
});

test('a form gets the answer of the first time', async () => {
  const draft = {
    [BLOCKS.text]: { value: { value: '' } },
    [BLOCKS.channel]: { value: { selected_conversation: harness.marketing } },
  };
  const view = {
    callback_id: CALLBACKS.compose,
    private_metadata: '{"submitKey":"replayed"}',
    values: draft,
  };
  const empty = interaction(form(harness, ANNA, 'view_submission', view));
  const [first, second] = [await deliver(harness, empty), await deliver(harness, empty)];
  const answer = await first.json();
  expect(answer).toMatchObject({ response_action: 'errors' });
  expect(await second.json()).toEqual(answer);
});

test('a page of recipients is not kept', async () => {
  const batchId = await harness.started(mobiles(2, 13_800_138_300));
  const view = { callback_id: CALLBACKS.details, private_metadata: batchId };
  const search = interaction(form(harness, ANNA, 'view_submission', view));
  expect(await (await deliver(harness, search)).json()).toMatchObject({ response_action: 'update' });
  expect(await (await deliver(harness, search)).text()).toBe('');
  expect(await db()('slack_delivery').whereRaw(`answer::text like '%sms_details%'`)).toEqual([]);
});

test('a form whose process died is handled by the next delivery, and only once', async () => {
  const delivery = { id: 'died', isAnswered: false };
  expect(await beginDelivery(db(), delivery)).toBeNull();
  expect(await beginDelivery(db(), delivery)).toEqual({ answer: null });
  await db()('slack_delivery')
    .where({ id: 'died' })
    .update({ begun_at: db().raw(`now() - interval '31 s'`) });
  const both = await Promise.all([beginDelivery(db(), delivery), beginDelivery(db(), delivery)]);
  expect(both.filter((one) => one === null)).toHaveLength(1);
});

test('what cannot be delivered again is forgotten', async () => {
  await beginDelivery(db(), { id: 'young', isAnswered: true });
  const before = await deliveries();
  await beginDelivery(db(), { id: 'old', isAnswered: true });
  await db()('slack_delivery')
    .where({ id: 'old' })
    .update({ begun_at: db().raw(`now() - interval '11 min'`) });
  await sweepPosts(harness.app);
  expect(await deliveries()).toBe(before);
});
