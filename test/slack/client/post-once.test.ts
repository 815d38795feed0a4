import { callAttention as setAttention } from '../../../src/batches/raise-alert';
import { announceCompletion } from '../../../src/slack/posts/announce-completion';
import { callAttention } from '../../../src/slack/posts/post-alert';
import { showReview } from '../../../src/slack/posts/show-review';
import { showBatchMessage } from '../../../src/slack/posts/update-status-message';
import { mobiles } from '../../setup/app-context';
import { ANNA, type Stage, setStage, shownIn } from '../harness';

/** Slack has taken a message and its answer is lost: the same to us as being killed before the record. */
let stage: Stage;
const setUp = async (scopes?: string[]) => {
  stage = await setStage('socket', scopes ? { scopes } : {});
};
afterEach(async () => {
  expect(stage.slack.faults()).toEqual([]);
  await stage.close();
});
const loseAnswer = () => stage.slack.weather.set('lostResponse', { times: 1 });
/** So much time passes that a post of unknown outcome may be looked for. */
const settle = () =>
  stage.heart.db('sms_batch_posting').update({ begun_at: stage.heart.db.raw(`begun_at - interval '20 s'`) });
const openPostings = () => stage.heart.db('sms_batch_posting').pluck('kind');
const inMarketing = () => stage.slack.messages(stage.marketing);

test('the report is found, not posted again, and then brought up to date', async () => {
  await setUp();
  const batchId = await stage.started(mobiles(3));
  loseAnswer();
  const { againInMs } = await showBatchMessage(stage.post, batchId);
  expect(againInMs).toBeGreaterThan(10_000);
  expect(await showBatchMessage(stage.post, batchId)).toEqual({ againInMs: expect.any(Number) });
  await stage.submitAll(batchId);
  await settle();
  await showBatchMessage(stage.post, batchId);
  await showBatchMessage(stage.post, batchId);
  expect(inMarketing()).toHaveLength(1);
  expect(inMarketing()[0]?.text).toContain('3 messages submitted');
  expect(await stage.summary(batchId)).toMatchObject({ slackMessageTs: inMarketing()[0]?.ts });
  expect(await openPostings()).toEqual([]);
});

test('a report that never arrived is posted once it may be known', async () => {
  await setUp();
  const batchId = await stage.started(mobiles(1));
  loseAnswer();
  await showBatchMessage(stage.post, batchId);
  stage.slack.deleteMessage(inMarketing()[0]?.ts ?? '');
  await settle();
  expect(await showBatchMessage(stage.post, batchId)).toEqual({});
  expect(inMarketing()).toHaveLength(1);
});

test('the notice of completion is one, in the thread', async () => {
  await setUp();
  const batchId = await stage.started(mobiles(2));
  await showBatchMessage(stage.post, batchId);
  await stage.complete(batchId);
  loseAnswer();
  await announceCompletion(stage.post, batchId);
  expect(await stage.heart.db('sms_batch').first('notified_at')).toEqual({ notified_at: null });
  await settle();
  expect(await announceCompletion(stage.post, batchId)).toEqual({});
  expect(await announceCompletion(stage.post, batchId)).toEqual({});
  expect(inMarketing().filter((one) => one.thread_ts)).toHaveLength(1);
  expect(await openPostings()).toEqual([]);
});

test('a notice waits for the report that is looked for, and stands in its thread', async () => {
  await setUp();
  const batchId = await stage.started(mobiles(2));
  loseAnswer();
  await showBatchMessage(stage.post, batchId);
  await stage.complete(batchId);
  expect(await announceCompletion(stage.post, batchId)).toEqual({ againInMs: 1000 });
  await settle();
  await showBatchMessage(stage.post, batchId);
  await announceCompletion(stage.post, batchId);
  const [report, notice, ...more] = inMarketing();
  expect(notice).toMatchObject({ thread_ts: report?.ts, subtype: 'thread_broadcast' });
  expect(more).toEqual([]);
});

test('a notice about another matter does not pass for this one', async () => {
  await setUp();
  const batchId = await stage.started(mobiles(2));
  await showBatchMessage(stage.post, batchId);
  await setAttention(stage.heart.db, batchId, 'stalled');
  loseAnswer();
  await callAttention(stage.post, batchId);
  await settle();
  await callAttention(stage.post, batchId);
  expect(inMarketing().filter((one) => one.thread_ts)).toHaveLength(1);
  await setAttention(stage.heart.db, batchId, 'stalled');
  loseAnswer();
  await callAttention(stage.post, batchId);
  await setAttention(stage.heart.db, batchId, 'paused');
  await callAttention(stage.post, batchId);
  expect(inMarketing().filter((one) => one.thread_ts)).toHaveLength(3);
  expect(await openPostings()).toEqual([]);
});

test('the review in a direct message is one', async () => {
  await setUp();
  const anna = stage.slack.as(ANNA);
  const viewId = await stage.compose();
  await anna.submit(viewId, { Message: 'Direct', 'Or paste numbers': '13800138006' });
  await anna.close(viewId);
  loseAnswer();
  const batchId = await stage.read();
  await settle();
  await showReview(stage.post, batchId);
  await showReview(stage.post, batchId);
  expect(stage.slack.messages(anna.direct())).toHaveLength(1);
  expect(shownIn(anna.sees(anna.direct()))).toContain('sms_send_review');
});

test('a bot that may not read the channel posts again: a message too many, not one too few', async () => {
  await setUp(['commands', 'chat:write', 'files:read', 'im:write', 'users:read', 'channels:read']);
  const batchId = await stage.started(mobiles(1));
  loseAnswer();
  await showBatchMessage(stage.post, batchId);
  await settle();
  await showBatchMessage(stage.post, batchId);
  const [first, second] = inMarketing();
  expect(inMarketing()).toHaveLength(2);
  expect(await stage.summary(batchId)).toMatchObject({ slackMessageTs: second?.ts });

  // The first is taken away as soon as a click tells where it stands.
  await stage.slack.as(ANNA).click(first?.ts ?? '', 'Refresh status');
  await stage.slack.waitFor(() => inMarketing().every((one) => one.ts !== first?.ts));
  await stage.slack.waitFor(() => shownIn(stage.slack.as(ANNA).sees(stage.marketing)).includes('older copy'));
  expect(await stage.summary(batchId)).toMatchObject({ slackMessageTs: second?.ts });
});

test('a post that Slack refused leaves nothing to look for', async () => {
  await setUp();
  const batchId = await stage.started(mobiles(1));
  stage.slack.weather.set('postRateLimited', { times: 1, retryAfterS: 3 });
  expect(await showBatchMessage(stage.post, batchId)).toEqual({ againInMs: 3000 });
  expect(await openPostings()).toEqual([]);
});
