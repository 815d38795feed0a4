import { enqueue } from '../../src/queue/enqueue';
import { settleDeadWorkers } from '../../src/queue/settle-dead-workers';
import { dieWithJobs, waitingJobs } from '../queue/dead-process';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';
import { runManage } from './run-manage';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const manage = (...command: string[]) => runManage(testApp.app.db, ...command);
const waiting = async () => (await waitingJobs(testApp.app.db)).map(({ name }) => name);
const audits = () =>
  testApp.app
    .db('audit_event')
    .where('action', 'like', 'job.%')
    .select('actor', 'user_id', 'batch_id', 'action', 'detail');

/** An export that its process died of twice. Returns the id under which it is put aside. */
async function putExportAside(): Promise<{ id: string; batchId: string }> {
  const { app, tenantId, userId } = testApp;
  const { batchId } = await testApp.draft(mobiles(1));
  await app.db('bulk_sms_queue._private_jobs').delete();
  const wanted = { id: 'a-request', tenantId, batchId, userId, part: 'left_out' } as const;
  await enqueue(app.db, 'export-batch', wanted, { key: `export:${batchId}` });
  return { id: await dieTwice(), batchId };
}

async function dieTwice(): Promise<string> {
  const { db } = testApp.app;
  await dieWithJobs(db, 'dead-1');
  await db.transaction(settleDeadWorkers);
  await dieWithJobs(db, 'dead-2');
  const { putAside } = await db.transaction(settleDeadWorkers);
  return putAside[0]?.id ?? '';
}

test('lists what is put aside: id, kind, workspace, batch, deaths and times, and nothing of what it carries', async () => {
  expect(await manage('jobs', 'list')).toBe('No job is put aside.');
  const { id, batchId } = await putExportAside();
  const [headings, row, ...more] = (await manage('jobs', 'list')).split('\n');
  expect(headings?.split(/\s{2,}/)).toEqual([
    'id',
    'kind',
    'workspace',
    'batch',
    'deaths',
    'put aside',
    'runs again',
  ]);
  expect(row?.split(/\s{2,}/)).toEqual([
    id,
    'export-batch',
    testApp.tenantId,
    batchId,
    '2',
    expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
    'when you retry it',
  ]);
  expect(more).toEqual([]);
  expect(row).not.toContain('a-request');
});

test('retries one: it waits in the queue again, and the operator is noted', async () => {
  const { id, batchId } = await putExportAside();
  expect(await manage('jobs', 'retry', id)).toContain(`Job ${id} (export-batch) waits in the queue again.`);
  expect(await waiting()).toEqual(['export-batch']);
  expect(await audits()).toEqual([
    {
      actor: 'operator',
      user_id: null,
      batch_id: batchId,
      action: 'job.retry',
      detail: { job: id, kind: 'export-batch', deaths: 2 },
    },
  ]);
  expect(await manage('jobs', 'list')).toBe('No job is put aside.');
});

test('drops one, and the operator is noted', async () => {
  const { id } = await putExportAside();
  expect(await manage('jobs', 'drop', id)).toBe(`Job ${id} (export-batch) is forgotten.`);
  expect(await waiting()).toEqual([]);
  expect((await audits()).map(({ action }) => action)).toEqual(['job.drop']);
  expect(await manage('jobs', 'list')).toBe('No job is put aside.');
});

test.each(['retry', 'drop'])('%s says which id it does not know, and notes nothing', async (command) => {
  for (const id of ['999', 'abc', '-']) {
    await expect(manage('jobs', command, id)).rejects.toThrow(
      `No job of the id "${id}" is put aside. \`manage jobs list\` shows those that are.`,
    );
  }
  expect(await audits()).toEqual([]);
});

test('a list that killed its process is not retried once its draft is closed', async () => {
  const { app, tenantId } = testApp;
  const { batchId } = await testApp.draft(mobiles(1));
  await app.db('bulk_sms_queue._private_jobs').delete();
  await enqueue(app.db, 'import-recipients', { tenantId, batchId }, { key: `import:${batchId}` });
  const id = await dieTwice();
  await expect(manage('jobs', 'retry', id)).rejects.toThrow('its person was told to start anew');
  expect(await waiting()).toEqual([]);
  expect(await manage('jobs', 'drop', id)).toContain('is forgotten');
});
