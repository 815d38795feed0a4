import { DONE } from '../../../src/queue/job-result';
import { announceCompletion } from '../../../src/slack/posts/announce-completion';
import { deliverExport } from '../../../src/slack/posts/deliver-export';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { mobiles } from '../../setup/app-context';
import { ANNA, freshHarness, snoozeOf } from '../harness';

/** Slack acts, and its answer proves nothing. */
const harness = freshHarness('socket');
const ANSWERS = ['internal_error', 'fatal_error', 'made_up_yesterday', '<html>Sorry</html>'];
const answerUnclearly = (error: string, times = 1) =>
  harness.slack.faults.set('postUnclear', { times, error });
/** Lets the time pass in which a post may still arrive. */
const settle = (time = '20 s') =>
  harness.app.db('slack_outbox').update({ begun_at: harness.app.db.raw('begun_at - ?::interval', [time]) });
const inMarketing = () => harness.slack.messages(harness.marketing);

test.each(ANSWERS)('%s: one status message, which is updated further, and one notice', async (error) => {
  const batchId = await harness.started(mobiles(2));
  answerUnclearly(error);
  expect(snoozeOf(await updateStatusMessage(harness.clients, batchId))).toBe(15_000);
  await settle();
  await updateStatusMessage(harness.clients, batchId);
  await harness.submitAll(batchId);
  await harness.complete(batchId);
  await harness.app.db('rate_limit').delete();
  expect(await updateStatusMessage(harness.clients, batchId)).toEqual(DONE);
  answerUnclearly(error);
  await announceCompletion(harness.clients, batchId);
  await settle();
  expect(await announceCompletion(harness.clients, batchId)).toEqual(DONE);
  const [report, notice, ...more] = inMarketing();
  expect(report?.text).toContain('Completed: 2 of 2');
  expect(notice).toMatchObject({ thread_ts: report?.ts });
  expect(more).toEqual([]);
});

test.each(ANSWERS)('%s: an export is shared once', async (error) => {
  const batchId = await harness.started(mobiles(2));
  await updateStatusMessage(harness.clients, batchId);
  await harness.submitAll(batchId);
  const { userId } = (await harness.summary(batchId)).sender;
  const wanted = { id: '1', tenantId: harness.tenantId, batchId, userId, part: 'recipients' as const };
  answerUnclearly(error);
  await deliverExport(harness.clients, wanted, 1).catch(() => undefined);
  expect(inMarketing().filter((one) => one.files)).toHaveLength(1);
  expect(await deliverExport(harness.clients, wanted, 2)).toEqual(DONE);
  expect(inMarketing().filter((one) => one.files)).toHaveLength(1);
  expect(await harness.app.db('slack_outbox')).toEqual([]);
});

test('a post that never arrives is tried at growing intervals, then another way', async () => {
  const batchId = await harness.started(mobiles(1));
  const anna = harness.slack.as(ANNA);
  answerUnclearly('internal_error', 8);
  const waits: (number | null)[] = [];
  for (let tries = 0; tries < 9; tries += 1) {
    waits.push(snoozeOf(await updateStatusMessage(harness.clients, batchId)));
    for (const { ts } of inMarketing()) harness.slack.deleteMessage(ts);
    await settle('1 hour');
  }
  expect(waits).toEqual([15_000, 30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000, null]);
  expect(inMarketing()).toEqual([]);
  expect(harness.slack.messages(anna.direct())).toHaveLength(1);
});

test('an export whose thread is locked is beside it in the channel', async () => {
  const batchId = await harness.started(mobiles(2));
  await updateStatusMessage(harness.clients, batchId);
  const { userId } = (await harness.summary(batchId)).sender;
  const wanted = { id: '1', tenantId: harness.tenantId, batchId, userId, part: 'recipients' as const };
  harness.slack.faults.set('threadRefused');
  expect(await deliverExport(harness.clients, wanted, 1)).toEqual(DONE);
  expect(inMarketing().filter((one) => one.files && !one.thread_ts)).toHaveLength(1);
});
