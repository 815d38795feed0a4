import { requestExport } from '../../../src/batches/exporting/open-export';
import {
  type LongRun,
  RequestStopped,
  runLongRequest,
} from '../../../src/batches/long-requests/run-long-request';
import { listLongRequests, stopLongRequest } from '../../../src/batches/long-requests/stop-long-request';
import { requestComparison } from '../../../src/batches/reconciling/compare-records';
import { DONE, snooze } from '../../../src/queue/job-result';
import { Forbidden, type PersonActor } from '../../../src/tenants/actor';
import { ensureUser } from '../../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
let batchId: string;
/** An admin, and another member. */
let admin: PersonActor;
let other: PersonActor;
beforeAll(async () => {
  testApp = await createTestApp();
  const { app, tenantId } = testApp;
  batchId = await testApp.started(mobiles(1));
  const seen = { tenantId, locale: 'en-US', timeZone: 'UTC' };
  const make = async (slackUserId: string, role: 'admin' | 'member'): Promise<PersonActor> => {
    const { id } = await ensureUser(app.db, { ...seen, slackUserId, role });
    return { kind: 'person', tenantId, userId: id, role };
  };
  admin = await make('U0007', 'admin');
  other = await make('U0008', 'member');
});
afterAll(() => testApp.close());
beforeEach(() => testApp.app.db('long_request').delete());

async function open(): Promise<string> {
  const requested = await requestExport(testApp.app, testApp.actor, { batchId, part: 'recipients' });
  return (requested as { id: string }).id;
}
const isOpen = async (id: string) =>
  (await listLongRequests(testApp.app, testApp.actor)).some((one) => one.id === id);

/** Work that goes on until it is stopped. */
const untilStopped = ({ stop }: LongRun) =>
  new Promise<never>((_, reject) => {
    if (stop.aborted) reject(stop.reason);
    stop.addEventListener('abort', () => reject(stop.reason));
  });

it('fires while the work runs, with who stopped it', async () => {
  const { app } = testApp;
  const id = await open();
  const begun = jest.fn();
  const running = runLongRequest(app, id, async (run) => {
    begun(run.askedAt);
    return untilStopped(run);
  });
  const stopped = expect(running).rejects.toMatchObject({ name: 'RequestStopped', stoppedBy: admin.userId });
  expect(await stopLongRequest(app, admin, id)).toEqual({ kind: 'stopping' });
  await stopped;
  expect(begun).toHaveBeenCalledWith(expect.any(Date));
  const audit = await app.db('audit_event').where({ action: 'request.stop', batch_id: batchId });
  expect(audit).toMatchObject([{ user_id: admin.userId, detail: { kind: 'export' } }]);
});

it('that waits for a time is worked on now, and the work begins stopped', async () => {
  const { app, actor } = testApp;
  const id = await open();
  const job = () => app.db('bulk_sms_queue._private_jobs').whereRaw(`payload->>'id' = ?`, [id]);
  await job().update({ run_at: new Date(Date.now() + 3_600_000) });
  await stopLongRequest(app, actor, id);
  const { rows } = await app.db.raw('select clock_timestamp() as now');
  expect((await job().first()).run_at.getTime()).toBeLessThanOrEqual(rows[0].now.getTime());
  // Nobody gets it back meanwhile: the person asks again once it has ended.
  expect(await requestExport(app, actor, { batchId, part: 'recipients' })).toMatchObject({
    kind: 'stopping',
  });
  await runLongRequest(app, id, async ({ stop }) => {
    expect(stop.reason).toBeInstanceOf(RequestStopped);
    return DONE;
  });
  expect(await isOpen(id)).toBe(false);
  expect(await stopLongRequest(app, actor, id)).toEqual({ kind: 'not_found' });
});

it('ends a request when its work is done, and not while it snoozes or fails', async () => {
  const { app } = testApp;
  const id = await open();
  await runLongRequest(app, id, async () => snooze(1));
  expect(await isOpen(id)).toBe(true);
  await expect(runLongRequest(app, id, () => Promise.reject(new Error('tried')))).rejects.toThrow('tried');
  expect(await isOpen(id)).toBe(true);
  await runLongRequest(app, id, async () => DONE);
  expect(await isOpen(id)).toBe(false);
});

it('does the work of an earlier version, which has no row', async () => {
  expect(await runLongRequest(testApp.app, 'former', async ({ askedAt }) => snooze(askedAt ? 1 : 2))).toEqual(
    snooze(2),
  );
});

it('is for who asked, and for admins: others neither see it nor stop it', async () => {
  const { app, actor } = testApp;
  const id = await open();
  await expect(stopLongRequest(app, other, id)).rejects.toBeInstanceOf(Forbidden);
  expect(await listLongRequests(app, other)).toEqual([]);
  const row = { id, kind: 'export', userId: actor.userId, batchId, startedAt: null, stopAskedAt: null };
  expect(await listLongRequests(app, admin)).toMatchObject([row]);
  expect(await listLongRequests(app, actor)).toMatchObject([row]);
});

it('one comparison a person: the same is that one, another is refused', async () => {
  const { app, actor } = testApp;
  const days = { from: '2026-11-20', to: '2026-11-21', timeZone: 'UTC' };
  const first = await requestComparison(app, actor, days);
  expect(first).toMatchObject({ kind: 'opened' });
  expect(await requestComparison(app, actor, days)).toEqual({ ...first, kind: 'already_open' });
  expect(await requestComparison(app, actor, { ...days, from: '2026-11-19' })).toEqual({
    kind: 'too_many',
    most: 1,
  });
  expect(await requestComparison(app, other, days)).toMatchObject({ kind: 'opened' });
});
