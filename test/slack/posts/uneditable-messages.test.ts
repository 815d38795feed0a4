import { pauseBatch } from '../../../src/batches/control/pause-batch';
import { showReview } from '../../../src/slack/posts/show-review';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { listStaleBatches } from '../../../src/slack/store/stale-batches.sql';
import { system } from '../../../src/tenants/actor';
import { mobiles } from '../../setup/app-context';
import { ANNA, freshHarness, runToEnd, shownIn } from '../harness';

const harness = freshHarness('socket');
const inMarketing = () => harness.slack.messages(harness.marketing);
const show = (batchId: string) => runToEnd(() => updateStatusMessage(harness.clients, batchId));
const touch = (batchId: string) =>
  harness.app
    .db('sms_batch')
    .where({ id: batchId })
    .update({ version: harness.app.db.raw('version + 1') });

test.each(['cant_update_message', 'edit_window_closed'])(
  'a status message that cannot be changed (%s) is followed by a new one, which is up to date and followed further',
  async (error) => {
    const batchId = await harness.started(mobiles(3));
    await show(batchId);
    harness.slack.faults.set('editRefused', { times: 1, error });
    await harness.submitAll(batchId);
    await show(batchId);
    expect(inMarketing()).toHaveLength(2);
    const [former, report] = inMarketing();
    expect(former?.text).toContain('Starting to send');
    expect(report?.text).toContain('3 messages submitted');
    expect(shownIn(report)).toContain('takes the place of an earlier one');
    expect(await harness.summary(batchId)).toMatchObject({ messageTs: report?.ts });
    await harness.complete(batchId);
    await show(batchId);
    expect(inMarketing()).toHaveLength(2);
    expect(inMarketing()[1]?.text).toContain('Completed');
  },
);

test('where no message can ever be changed, a report follows with each new status of the batch, and not more', async () => {
  harness.slack.faults.set('editRefused');
  const batchId = await harness.started(mobiles(3));
  await show(batchId);
  await pauseBatch(harness.app, system(harness.tenantId), batchId);
  for (let change = 0; change < 3; change += 1) {
    await touch(batchId);
    await show(batchId);
  }
  expect(inMarketing()).toHaveLength(2);
  await harness.complete(batchId);
  await show(batchId);
  expect(inMarketing().map((one) => one.text)).toEqual([
    expect.stringContaining('Starting'),
    expect.stringContaining('Paused'),
    expect.stringContaining('Completed'),
  ]);
  expect(await listStaleBatches(harness.app.db)).toEqual([expect.objectContaining({ isStatusStale: false })]);
});

test('a review that cannot be changed is followed by a new one', async () => {
  const anna = harness.slack.as(ANNA);
  const viewId = await harness.compose();
  await anna.submit(viewId, { Message: 'Direct', 'Or paste numbers': '13800138006' });
  await harness.app.db('slack_batch').update({ view_id: null });
  const batchId = await harness.read();
  harness.slack.faults.set('editRefused', { times: 1 });
  await runToEnd(() => showReview(harness.clients, batchId));
  expect(harness.slack.messages(anna.direct())).toHaveLength(2);
});
