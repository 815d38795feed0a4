import { startBatch } from '../../src/batches/control/start-batch';
import { requestExport } from '../../src/batches/exporting/open-export';
import { createBatch } from '../../src/batches/importing/create-batch';
import { importRecipients } from '../../src/batches/importing/import-recipients';
import { getReview } from '../../src/batches/views/get-review';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';

let testApp: TestApp;
let batchId: string;
beforeAll(async () => {
  testApp = await createTestApp();
  const { app, actor } = testApp;
  ({ batchId } = await createBatch(app, actor, {
    ...{ accountId: null, submitKey: '1', content: 'Hello', senderId: null, defaultCountry: 'CN' },
    sources: [{ kind: 'pasted', text: mobiles(3).join('\n') }],
  }));
  await importRecipients(app, batchId);
  const version = (await getReview(app, actor, batchId))?.version ?? 0;
  await startBatch(app, actor, { batchId, version });
});
afterAll(() => testApp.close());
/** One that is made has lost its key. */
const jobs = () =>
  testApp.app
    .db('bulk_sms_queue._private_jobs')
    .whereRaw(`task_id = (select id from bulk_sms_queue._private_tasks where identifier = 'export-batch')`);
beforeEach(() => jobs().delete());

const request = async () => {
  const requested = await requestExport(testApp.app, testApp.actor, { batchId, part: 'recipients' });
  return requested?.id;
};
const requests = async () => (await jobs().orderBy('id')).map(({ payload }) => payload.id);

it('that is asked for again while it waits stays one request, several times at once too', async () => {
  const id = await request();
  expect(await request()).toBe(id);
  expect(await requests()).toEqual([id]);
  await jobs().delete();
  const ids = await Promise.all([request(), request(), request()]);
  expect(new Set(ids).size).toBe(1);
  expect(await requests()).toEqual([ids[0]]);
});

it('that waits for another try stays the same request, so that what was made is found', async () => {
  const id = await request();
  await jobs().update({ attempts: 2 });
  expect(await request()).toBe(id);
  expect(await requests()).toEqual([id]);
});

it('that is asked for again while it is made is another request', async () => {
  const id = await request();
  await jobs().update({ locked_at: new Date(), locked_by: 'worker' });
  const other = await request();
  expect(other).not.toBe(id);
  expect(await requests()).toEqual([id, other]);
});

it('of nothing is no request', async () => {
  const { app, actor } = testApp;
  expect(await requestExport(app, actor, { batchId, part: 'left_out' })).toEqual({ rows: 0, id: null });
  expect(await requests()).toEqual([]);
});
