import { parse } from 'papaparse';
import { pauseBatch, resumeBatch } from '../../src/batches/control/pause-batch';
import { startBatch } from '../../src/batches/control/start-batch';
import { type ExportFile, findExportFiles, readPieces } from '../../src/batches/exporting/export-files.sql';
import { exportKey, requestExport } from '../../src/batches/exporting/open-export';
import { createBatch } from '../../src/batches/importing/create-batch';
import { getBatchDetails } from '../../src/batches/views/get-batch-details';
import { getBatchMessageStatus } from '../../src/batches/views/get-batch-message-status';
import { getBatchView } from '../../src/batches/views/get-batch-view';
import { getReview } from '../../src/batches/views/get-review';
import { startWorker, type Worker } from '../../src/queue/start-worker';
import type { Workspaces } from '../../src/slack/client/workspaces';
import { createHandlers } from '../../src/worker/handlers';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';
import { until } from '../setup/until';

/** A workspace that has never installed the bot in Slack: everything is done by verbs, and by all the real jobs. */

let testApp: TestApp;
let worker: Worker;
beforeAll(async () => {
  testApp = await createTestApp();
  const noSlack = {
    clientsFor: () => Promise.reject(new Error('Slack is asked for.')),
  } as unknown as Workspaces;
  worker = await startWorker({
    connectionString: testApp.connectionString,
    handlers: createHandlers(testApp.app, noSlack),
    liveness: { hold: () => ({ release: () => {} }) },
    submitConcurrency: 2,
    log: testApp.app.log,
  });
});
afterAll(async () => {
  await worker.stop();
  await testApp.close();
});

test('a batch without any Slack channel is created, sent, controlled, tracked and completed by verbs alone', async () => {
  const { app, actor, provider } = testApp;
  const { batchId } = await createBatch(app, actor, {
    accountId: null,
    submitKey: 'no-slack',
    content: 'Hello',
    senderId: null,
    defaultCountry: 'CN',
    sources: [{ kind: 'pasted', text: mobiles(25).join('\n') }],
  });
  const review = await until(
    () => getReview(app, actor, batchId),
    (one) => one?.status === 'ready',
  );
  expect(review).toMatchObject({ accepted: 25, rejected: 0 });
  expect(await startBatch(app, actor, { batchId, version: review?.version ?? 0 })).toMatchObject({
    kind: 'started',
  });

  await until(
    async () => provider.statuses.size,
    (taken) => taken > 0,
  );
  // Whatever it is at now, a pause and a resume lose nobody.
  await pauseBatch(app, actor, batchId);
  await resumeBatch(app, actor, batchId);
  await until(
    async () => provider.statuses.size,
    (taken) => taken === 25,
  );
  await until(
    () => getBatchView(app, actor, batchId),
    (one) => one?.summary.counts.sending === 25,
  );

  const live = await getBatchMessageStatus(app, actor, batchId);
  expect(live).toMatchObject({ kind: 'answered', result: { counts: { total: 25, delivered: 0 } } });
  for (const record of provider.statuses.values()) record.status = 'delivered';
  const view = await until(
    () => getBatchView(app, actor, batchId),
    (one) => one?.summary.status === 'completed',
  );
  expect(view?.summary.counts).toMatchObject({ total: 25, delivered: 25 });
  const details = await getBatchDetails(app, actor, {
    batchId,
    filter: 'delivered',
    search: '',
    page: 1,
    pageSize: 100,
  });
  expect(details?.recipients).toHaveLength(25);

  const requested = await requestExport(app, actor, { batchId, part: 'recipients' });
  expect(requested).toEqual({ kind: 'opened', rows: 25, id: expect.any(String) });
  const files = await until(
    () => findExportFiles(app.db, exportKey(requested as { id: string })),
    (made) => made.length > 0,
  );
  const lines = (await Promise.all(files.map(contentOf))).map(
    (csv) => parse<string[]>(csv.slice(1), { skipEmptyLines: true }).data,
  );
  expect(lines).toHaveLength(1);
  const [head, ...rows] = lines[0] ?? [];
  expect(head?.slice(0, 4)).toEqual(['Line', 'File', 'Phone number', 'Status']);
  expect(rows.map((row) => row.slice(0, 4))).toEqual(
    mobiles(25).map((number, index) => [String(index + 1), 'pasted', `="+86${number}"`, 'Delivered']),
  );

  expect(await app.db('slack_batch').select()).toEqual([]);
  expect(await app.db('slack_installation').select()).toEqual([]);
  // Every job that tells people has found nobody to tell, and ended. So has the export.
  await until(tellingJobs, (waiting) => waiting === 0);
  expect(await failedJobs()).toBe(0);
});

async function contentOf(file: ExportFile): Promise<string> {
  const pieces = [];
  for await (const piece of readPieces(testApp.app.db, file)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const failedJobs = async () =>
  Number(
    (await testApp.app.db('bulk_sms_queue._private_jobs').whereNotNull('last_error').count('* as n').first())
      ?.n,
  );

async function tellingJobs(): Promise<number> {
  const kinds = [
    'show-review',
    'refresh-status-message',
    'announce-completion',
    'post-alert',
    'export-batch',
  ];
  const row = await testApp.app
    .db('bulk_sms_queue._private_jobs as job')
    .join('bulk_sms_queue._private_tasks as task', 'task.id', 'job.task_id')
    .whereIn('task.identifier', kinds)
    .count('* as n')
    .first();
  return Number(row?.n);
}
