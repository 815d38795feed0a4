import { raiseAlert } from '../../../src/batches/raise-alert';
import { DONE, snooze } from '../../../src/queue/job-result';
import { announceCompletion } from '../../../src/slack/posts/announce-completion';
import { postAlert } from '../../../src/slack/posts/post-alert';
import { showReview } from '../../../src/slack/posts/show-review';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { mobiles } from '../../setup/app-context';
import { ANNA, createHarness, type Harness, shownIn, snoozeOf } from '../harness';

/** Slack posts a message but its answer is lost: for us the same as a kill before the record. */
let harness: Harness;
const setUp = async (scopes?: string[]) => {
  harness = await createHarness('socket', scopes ? { scopes } : {});
};
afterEach(async () => {
  expect(harness.slack.refusedPayloads()).toEqual([]);
  await harness.close();
});
const loseAnswer = () => harness.slack.faults.set('lostResponse', { times: 1 });
/** Lets the settle time pass, after which a pending post may be searched. */
const settle = () =>
  harness.app.db('slack_outbox').update({ begun_at: harness.app.db.raw(`begun_at - interval '20 s'`) });
const pendingPosts = () => harness.app.db('slack_outbox').pluck('key');
const inMarketing = () => harness.slack.messages(harness.marketing);

test('the status message is found, not posted again, and then updated', async () => {
  await setUp();
  const batchId = await harness.started(mobiles(3));
  loseAnswer();
  expect(snoozeOf(await updateStatusMessage(harness.clients, batchId))).toBeGreaterThan(10_000);
  expect(await updateStatusMessage(harness.clients, batchId)).toEqual(snooze(expect.any(Number)));
  await harness.submitAll(batchId);
  await settle();
  await updateStatusMessage(harness.clients, batchId);
  await updateStatusMessage(harness.clients, batchId);
  expect(inMarketing()).toHaveLength(1);
  expect(inMarketing()[0]?.text).toContain('3 messages submitted');
  expect(await harness.summary(batchId)).toMatchObject({ messageTs: inMarketing()[0]?.ts });
  expect(await pendingPosts()).toEqual([]);
});

test('a status message that never arrived is posted after the settle time', async () => {
  await setUp();
  const batchId = await harness.started(mobiles(1));
  loseAnswer();
  await updateStatusMessage(harness.clients, batchId);
  harness.slack.deleteMessage(inMarketing()[0]?.ts ?? '');
  await settle();
  expect(await updateStatusMessage(harness.clients, batchId)).toEqual(DONE);
  expect(inMarketing()).toHaveLength(1);
});

test('the completion notice is posted once, in the thread', async () => {
  await setUp();
  const batchId = await harness.started(mobiles(2));
  await updateStatusMessage(harness.clients, batchId);
  await harness.complete(batchId);
  loseAnswer();
  await announceCompletion(harness.clients, batchId);
  expect(await harness.app.db('slack_batch').first('announced_round')).toEqual({ announced_round: null });
  await settle();
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  expect(inMarketing().filter((one) => one.thread_ts)).toHaveLength(1);
  expect(await pendingPosts()).toEqual([]);
});

test('a notice waits until the status message is found, and goes to its thread', async () => {
  await setUp();
  const batchId = await harness.started(mobiles(2));
  loseAnswer();
  await updateStatusMessage(harness.clients, batchId);
  await harness.complete(batchId);
  expect(await announceCompletion(harness.clients, batchId)).toEqual(snooze(1000));
  await settle();
  await updateStatusMessage(harness.clients, batchId);
  await announceCompletion(harness.clients, batchId);
  const [report, notice, ...more] = inMarketing();
  expect(notice).toMatchObject({ thread_ts: report?.ts, subtype: 'thread_broadcast' });
  expect(more).toEqual([]);
});

test('an alert of another kind does not count as this one', async () => {
  await setUp();
  const batchId = await harness.started(mobiles(2));
  await updateStatusMessage(harness.clients, batchId);
  await raiseAlert(harness.app.db, batchId, 'stalled');
  loseAnswer();
  await postAlert(harness.clients, batchId);
  await settle();
  await postAlert(harness.clients, batchId);
  expect(inMarketing().filter((one) => one.thread_ts)).toHaveLength(1);
  await raiseAlert(harness.app.db, batchId, 'stalled');
  loseAnswer();
  await postAlert(harness.clients, batchId);
  await raiseAlert(harness.app.db, batchId, 'paused');
  await postAlert(harness.clients, batchId);
  expect(inMarketing().filter((one) => one.thread_ts)).toHaveLength(3);
  expect(await pendingPosts()).toEqual([]);
});

test('a completion that was never found is over once the next round is announced', async () => {
  await setUp();
  const batchId = await harness.started(mobiles(1));
  await updateStatusMessage(harness.clients, batchId);
  await harness.complete(batchId);
  loseAnswer();
  await announceCompletion(harness.clients, batchId);
  await harness.app.db('sms_batch').update({ round: 2 });
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  expect(inMarketing().filter((one) => one.thread_ts)).toHaveLength(2);
  expect(await pendingPosts()).toEqual([]);
});

test('the review in a direct message is posted once', async () => {
  await setUp();
  const anna = harness.slack.as(ANNA);
  const viewId = await harness.compose();
  await anna.submit(viewId, { Message: 'Direct', 'Or paste numbers': '13800138006' });
  await anna.close(viewId);
  loseAnswer();
  const batchId = await harness.read();
  await settle();
  await showReview(harness.clients, batchId);
  await showReview(harness.clients, batchId);
  expect(harness.slack.messages(anna.direct())).toHaveLength(1);
  expect(shownIn(anna.sees(anna.direct()))).toContain('sms_send_review');
});

test('a bot that may not read the channel posts again: one message too many is better than none', async () => {
  await setUp(['commands', 'chat:write', 'files:read', 'im:write', 'users:read', 'channels:read']);
  const batchId = await harness.started(mobiles(1));
  loseAnswer();
  await updateStatusMessage(harness.clients, batchId);
  await settle();
  await updateStatusMessage(harness.clients, batchId);
  const [first, second] = inMarketing();
  expect(inMarketing()).toHaveLength(2);
  expect(await harness.summary(batchId)).toMatchObject({ messageTs: second?.ts });

  // A click on the duplicate tells its ts. Where Slack does not delete it, nobody is told that it is gone.
  const sees = (words: string) => () =>
    shownIn(harness.slack.as(ANNA).sees(harness.marketing)).includes(words);
  harness.slack.faults.set('editRefused', { times: 1 });
  await harness.slack.as(ANNA).click(first?.ts ?? '', 'Refresh status');
  await harness.slack.waitFor(sees('does not let me take it away'));
  expect(inMarketing()).toHaveLength(2);

  await harness.app.db('rate_limit').delete();
  await harness.slack.as(ANNA).click(first?.ts ?? '', 'Refresh status');
  await harness.slack.waitFor(() => inMarketing().every((one) => one.ts !== first?.ts));
  await harness.slack.waitFor(sees('I have taken it away'));
  expect(await harness.summary(batchId)).toMatchObject({ messageTs: second?.ts });
});

test('a post that Slack refused leaves no pending post', async () => {
  await setUp();
  const batchId = await harness.started(mobiles(1));
  harness.slack.faults.set('postRateLimited', { times: 1, retryAfterS: 3 });
  expect(await updateStatusMessage(harness.clients, batchId)).toEqual(snooze(3000));
  expect(await pendingPosts()).toEqual([]);
});
