import { requestExport } from '../../src/batches/exporting/open-export';
import { endLongRequest } from '../../src/batches/long-requests/long-requests.sql';
import { sweep } from '../../src/batches/sweeping/sweep';
import { ensureUser } from '../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';

let testApp: TestApp;
let batchId: string;
let others: string[];
beforeAll(async () => {
  testApp = await createTestApp();
  batchId = await testApp.started(mobiles(3));
  others = [await testApp.started(mobiles(1)), await testApp.started(mobiles(2))];
});
afterAll(() => testApp.close());
/** One that is made has lost its key. */
const jobs = () =>
  testApp.app
    .db('bulk_sms_queue._private_jobs')
    .whereRaw(`task_id = (select id from bulk_sms_queue._private_tasks where identifier = 'export-batch')`);
beforeEach(async () => {
  await jobs().delete();
  await testApp.app.db('long_request').delete();
});

const request = (of = batchId, actor = testApp.actor) =>
  requestExport(testApp.app, actor, { batchId: of, part: 'recipients' });
const idOf = async (requested: ReturnType<typeof request>) => ((await requested) as { id?: string }).id;
const requests = async () => (await jobs().orderBy('id')).map(({ payload }) => payload.id);

it('that is asked for again while it waits stays one request, several times at once too', async () => {
  const id = await idOf(request());
  expect(await request()).toEqual({ kind: 'already_open', id, rows: 3 });
  expect(await requests()).toEqual([id]);
  await jobs().delete();
  const ids = await Promise.all([request(), request(), request()].map(idOf));
  expect(new Set(ids).size).toBe(1);
  expect(await requests()).toEqual([ids[0]]);
});

it('that waits for another try stays the same request, so that what was made is found', async () => {
  const id = await idOf(request());
  await jobs().update({ attempts: 2 });
  expect(await idOf(request())).toBe(id);
  expect(await requests()).toEqual([id]);
});

it('that is asked for again while it is made stays that request', async () => {
  const id = await idOf(request());
  await jobs().update({ locked_at: new Date(), locked_by: 'worker' });
  expect(await request()).toEqual({ kind: 'already_open', id, rows: 3 });
  expect(await requests()).toEqual([id]);
});

it('is a new request once the former one has ended', async () => {
  const id = await idOf(request());
  await endLongRequest(testApp.app.db, id as string);
  const next = await request();
  expect(next).toMatchObject({ kind: 'opened' });
  expect(next).not.toMatchObject({ id });
});

it('is refused to a person who waits for two others, and to nobody else', async () => {
  const { app, tenantId, actor } = testApp;
  const [second, third] = others as [string, string];
  const all = await Promise.all([request(), request(second), request(third)]);
  expect(all.map(({ kind }) => kind).sort()).toEqual(['opened', 'opened', 'too_many']);
  expect(all).toContainEqual({ kind: 'too_many', most: 2, rows: expect.any(Number) });
  expect(await requests()).toHaveLength(2);
  const seen = { locale: 'en-US', timeZone: 'UTC', role: 'admin' as const };
  const other = await ensureUser(app.db, { ...seen, tenantId, slackUserId: 'U0009' });
  expect(await request(third, { ...actor, userId: other.id, role: 'admin' })).toMatchObject({
    kind: 'opened',
  });
});

it('whose job is gone or given up holds no place: whoever asks, and the sweep, find that', async () => {
  await request();
  await request(others[0]);
  const [gone] = await requests();
  await jobs().whereRaw(`payload->>'id' = ?`, [gone]).delete();
  expect(await request(others[1])).toMatchObject({ kind: 'opened' });
  // As the library leaves a job that has failed for the last time.
  await jobs().update({ attempts: 9, max_attempts: 9 });
  await sweep(testApp.app);
  expect(await testApp.app.db('long_request')).toEqual([]);
});

it('of nothing is no request, nor is one of no batch', async () => {
  const { app, actor } = testApp;
  expect(await requestExport(app, actor, { batchId, part: 'left_out' })).toEqual({ kind: 'nothing' });
  expect(await request('999999')).toEqual({ kind: 'not_found' });
  expect(await requests()).toEqual([]);
});
