import { enqueue } from '../../../src/queue/enqueue';
import { DONE } from '../../../src/queue/job-result';
import type { JobKind, JobPayload } from '../../../src/queue/jobs';
import { showReview } from '../../../src/slack/posts/show-review';
import { tellPutAside } from '../../../src/slack/posts/tell-put-aside';
import { repairAfterDeaths } from '../../../src/worker/repair-after-deaths';
import { dieWithJobs, waitingJobs } from '../../queue/dead-process';
import { mobiles } from '../../setup/app-context';
import { ANNA, createHarness, type Harness, shownIn } from '../harness';

let harness: Harness;
let batchId: string;
beforeEach(async () => {
  harness = await createHarness('socket');
});
afterEach(async () => {
  expect(harness.slack.refusedPayloads()).toEqual([]);
  await harness.close();
});

const anna = () => harness.slack.as(ANNA);
const told = () => anna().sees(anna().direct());
const waiting = () => waitingJobs(harness.app.db);

/** The process dies with this job in hand, twice. Returns the id under which it was put aside. */
async function dieTwice<K extends JobKind>(kind: K, payload: JobPayload<K>): Promise<string> {
  const { app } = harness;
  await app.db('bulk_sms_queue._private_jobs').delete();
  await enqueue(app.db, kind, payload, { key: 'deadly' });
  for (const worker of ['dead-1', 'dead-2']) {
    await dieWithJobs(app.db, worker);
    await repairAfterDeaths(app);
  }
  return (await app.db('dead_job').first('id')).id;
}

async function exportOf(part: 'recipients' | 'left_out') {
  batchId = await harness.started(mobiles(3));
  const { sender } = await harness.summary(batchId);
  return { id: 'wanted', tenantId: harness.tenantId, batchId, userId: sender.userId, part };
}

test('whoever asked for an export is told by direct message, once, what to do', async () => {
  const id = await dieTwice('export-batch', await exportOf('left_out'));
  expect(await waiting()).toEqual([{ name: 'tell-put-aside', key: `put-aside:${id}`, isAlone: false }]);
  expect(await tellPutAside(harness.clients, id)).toEqual(DONE);
  expect(told().map(({ text }) => text)).toEqual([
    `I cannot bring you the file of what was left out of batch ${batchId}. Working on it has stopped the bot twice, so it was put aside and is not begun again by itself. Texts are sent all the same. Show this message to your administrator: when the cause is mended, it can be tried once more.`,
  ]);
  expect(await harness.app.db('slack_outbox')).toEqual([]);
});

test('so is whoever asked for a comparison, or waits for a review', async () => {
  const { tenantId, userId } = await exportOf('recipients');
  const comparison = { id: '1', askedAt: new Date().toISOString(), tenantId, userId, provider: 'onbuka' };
  const range = { from: '2026-11-01', to: '2026-11-02', timeZone: 'UTC' };
  await tellPutAside(harness.clients, await dieTwice('compare-with-provider', { ...comparison, ...range }));
  expect(told().at(-1)?.text).toContain(
    'the comparison with Buka for 2026-11-01 to 2026-11-02. Working on it',
  );
  await harness.app.db('dead_job').delete();
  await tellPutAside(harness.clients, await dieTwice('show-review', { tenantId, batchId }));
  expect(told().at(-1)?.text).toContain(`I cannot show you the review of batch ${batchId}. Working on it`);
});

test('one that an operator has dropped or retried since is told to nobody', async () => {
  const id = await dieTwice('export-batch', await exportOf('recipients'));
  await harness.app.db('dead_job').delete();
  expect(await tellPutAside(harness.clients, id)).toEqual(DONE);
  expect(told()).toEqual([]);
});

test('a list that killed its process twice: the draft has failed, its review says so, and no sweep reads it again', async () => {
  const viewId = await harness.compose();
  await anna().submit(viewId, { Message: 'Hello', 'Or paste numbers': mobiles(2).join('\n') });
  batchId = await harness.latestId();
  await dieTwice('import-recipients', { tenantId: harness.tenantId, batchId });
  expect(await waiting()).toEqual([{ name: 'show-review', key: `review:${batchId}`, isAlone: false }]);
  expect(await harness.app.db('sms_batch').where({ id: batchId }).first('status', 'reason')).toEqual({
    status: 'failed',
    reason: 'stopped_bot',
  });
  await showReview(harness.clients, batchId);
  const review = shownIn(anna().modal());
  expect(review).toContain('Reading this list has stopped the bot twice, so the list was put aside.');
  expect(review).toContain('add it again and start anew');
  expect(review).not.toContain('Send 2 messages');
});
