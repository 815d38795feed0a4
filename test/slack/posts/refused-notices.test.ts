import { raiseAlert } from '../../../src/batches/raise-alert';
import { DONE, snooze } from '../../../src/queue/job-result';
import { announceCompletion } from '../../../src/slack/posts/announce-completion';
import { postAlert } from '../../../src/slack/posts/post-alert';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { listStaleBatches } from '../../../src/slack/store/stale-batches.sql';
import { mobiles } from '../../setup/app-context';
import { ANNA, freshHarness, snoozeOf } from '../harness';

const harness = freshHarness('socket');
const inMarketing = () => harness.slack.messages(harness.marketing);
const direct = () => harness.slack.messages(harness.slack.as(ANNA).direct());
const posts = () => harness.slack.traffic.named('chat.postMessage').length;

/** A batch that is complete, with its status message in #marketing. */
async function completed(): Promise<string> {
  const batchId = await harness.started(mobiles(2));
  await updateStatusMessage(harness.clients, batchId);
  await harness.submitAll(batchId);
  await harness.complete(batchId);
  return batchId;
}
const isUntold = async () => (await listStaleBatches(harness.app.db)).some((one) => one.isCompletionUntold);

test.each(['thread_locked', 'cannot_reply_to_message', 'restricted_action_thread_locked'])(
  'a thread that is refused (%s): the notice is beside it in the channel, once',
  async (error) => {
    const batchId = await completed();
    harness.slack.faults.set('threadRefused', { error });
    expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
    expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
    const [, notice, ...more] = inMarketing();
    expect(notice?.text).toContain('Your batch is complete');
    expect(notice?.thread_ts).toBeUndefined();
    expect(more).toEqual([]);
    expect(await isUntold()).toBe(false);
    await raiseAlert(harness.app.db, batchId, 'stalled');
    await postAlert(harness.clients, batchId);
    expect(inMarketing()).toHaveLength(3);
  },
);

test('what was begun beside the thread is looked for there, and not begun again in the thread', async () => {
  const batchId = await completed();
  harness.slack.faults.set('threadRefused', { times: 1 });
  harness.slack.faults.set('postUnclear', { times: 1 });
  expect(snoozeOf(await announceCompletion(harness.clients, batchId))).toBe(15_000);
  await harness.app.db('slack_outbox').update({ begun_at: harness.app.db.raw(`begun_at - interval '20 s'`) });
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  expect(inMarketing()).toHaveLength(2);
});

test('a channel that is refused too: the notice is a direct message', async () => {
  const batchId = await completed();
  harness.slack.archive(harness.marketing);
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  expect(direct()).toHaveLength(1);
});

test('a notice that is refused everywhere is given up once, and the sweep does not begin it again', async () => {
  const batchId = await completed();
  harness.slack.archive(harness.marketing);
  await harness.app.db('app_user').update({ external_id: 'U0NOBODY01' });
  expect(await isUntold()).toBe(true);
  const before = posts();
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  expect(await isUntold()).toBe(false);
  const tried = posts();
  expect(tried - before).toBeLessThanOrEqual(3);
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  expect(posts()).toBe(tried);
});

test('while Slack does not accept the token, a notice waits and is not given up', async () => {
  const batchId = await completed();
  harness.slack.faults.set('tokenRefused');
  expect(await announceCompletion(harness.clients, batchId)).toEqual(snooze(60_000));
  expect(await updateStatusMessage(harness.clients, batchId)).toEqual(snooze(60_000));
  harness.slack.faults.clear();
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  expect(inMarketing().at(-1)?.text).toContain('Your batch is complete');
});
