import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { isSubmitted } from './expect-promise-kept';
import { ANNA, BEN, sendList } from './send-list';

let system: TestSystem;
beforeEach(async () => {
  system = await startTestSystem({ env: { MAX_RUNNING_EXPORTS_PER_PERSON: '8' } });
});
afterEach(() => system.close());

const exportJobs = () =>
  system
    .db('bulk_sms_queue._private_jobs as job')
    .join('bulk_sms_queue._private_tasks as task', 'task.id', 'job.task_id')
    .where({ identifier: 'export-batch' });

/** Anna presses both exports of each of her batches. */
async function exportAll(): Promise<void> {
  const { slack } = system;
  const anna = slack.as(ANNA);
  for (const { message_ts } of await system.db('slack_batch').select('message_ts')) {
    for (const action of ['sms_export', 'sms_export_left_out']) {
      await anna.click(message_ts, 'sms_details');
      const details = await slack.waitFor(() => anna.modal());
      await anna.click(details.id, action, { confirm: true });
      await slack.waitFor(() => JSON.stringify(anna.modal()).includes('is being made'));
      await anna.close((await slack.waitFor(() => anna.modal())).id, { all: true });
    }
  }
}

test('uploads that hang hold up no review, no submission, no poll and no edit of somebody else', async () => {
  const { db, slack } = system;
  const batches = 2;
  for (let batch = 1; batch <= batches; batch += 1) {
    await sendList(system, { good: 20, bad: 1 });
    await until(
      () => db('sms_batch').where({ status: 'completed' }),
      (done) => done.length === batch,
    );
  }
  slack.faults.set('uploadSilent');
  await exportAll();
  // Every place for exports is taken, and another one waits.
  await until(
    () => exportJobs().whereNotNull('locked_at'),
    (running) => running.length === 3,
  );
  await sendList(system, { good: 20 }, {}, BEN);
  const ben = () => db('sms_batch').orderBy('id', 'desc').first('status', 'sending_count', 'success_count');
  await until(ben, isSubmitted);
  await until(ben, ({ status }) => status === 'completed');
  await slack.waitFor(() =>
    JSON.stringify(slack.messages(slack.channel('marketing').id).at(-1)).includes('20'),
  );
  expect(await exportJobs()).toHaveLength(2 * batches);
}, 300_000);
