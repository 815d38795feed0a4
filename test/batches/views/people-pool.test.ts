import type { Knex } from 'knex';
import { findTexts } from '../../../src/batches/views/find-texts';
import { getBatchDetails } from '../../../src/batches/views/get-batch-details';
import { getBatchSummary, listBatches } from '../../../src/batches/views/get-batch-summary';
import { readRefusalOf } from '../../../src/db/read-refusal';
import { TooManyAtOnce } from '../../../src/db/turns';
import { type PersonActor, system } from '../../../src/tenants/actor';
import { ensureUser } from '../../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { until } from '../../setup/until';

let testApp: TestApp;
let batchId: string;
beforeAll(async () => {
  testApp = await createTestApp();
  batchId = await testApp.started(mobiles(3));
});
afterAll(() => testApp.close());

/** An administrator: they may read every batch. */
async function admin(index: number): Promise<PersonActor> {
  const { app, tenantId } = testApp;
  const profile = { tenantId, slackUserId: `UADMIN${index}`, locale: 'en-US', timeZone: 'UTC' };
  const { id } = await ensureUser(app.db, { ...profile, role: 'admin' });
  return { kind: 'person', tenantId, userId: id, role: 'admin' };
}

const search = (actor: PersonActor) =>
  getBatchDetails(testApp.app, actor, { batchId, filter: 'left_out', search: '138', page: 1, pageSize: 10 });
const list = (actor: PersonActor) => listBatches(testApp.app, actor, 10);

/** Nobody reads these rows meanwhile: a search among them lasts until `act` is done. */
async function whileLocked<T>(table: string, act: () => Promise<T>): Promise<T> {
  return testApp.app.db.transaction(async (trx) => {
    await trx.raw('lock table ?? in access exclusive mode', [table]);
    return act();
  });
}

/** The sessions of people's pool that wait for the lock. Not asked in its transaction, which sees one moment. */
const waitFor = (searches: number): Promise<number[]> =>
  until(listWaiting, (pids) => pids.length >= searches);

async function listWaiting(): Promise<number[]> {
  const { rows } = await testApp.app.db.raw(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
       and application_name = 'bulk-sms reads'`,
  );
  return rows.map(({ pid }: { pid: number }) => pid);
}

test('24 searches at once leave connections for those who only look, and wait for their places', async () => {
  const [looking, ...twelve] = await Promise.all(Array.from({ length: 13 }, (_, index) => admin(index)));
  const found = await whileLocked('sms_rejected_recipient', async () => {
    const searches = [...twelve, ...twelve].map(search);
    await waitFor(3);
    expect(await list(looking as PersonActor)).toHaveLength(1);
    expect(await waitFor(3)).toHaveLength(3);
    return { searches };
  });
  for (const one of await Promise.all(found.searches)) expect(one).toMatchObject({ rejectedRows: [] });
});

test('who has two searches open is told so, and may look at other things', async () => {
  const found = await whileLocked('sms_rejected_recipient', async () => {
    const searches = [search(testApp.actor), search(testApp.actor)];
    await waitFor(2);
    await expect(search(testApp.actor)).rejects.toBeInstanceOf(TooManyAtOnce);
    const find = { number: '+8613800138000', limit: 5 };
    await expect(findTexts(testApp.app, testApp.actor, find)).rejects.toBeInstanceOf(TooManyAtOnce);
    expect(await list(testApp.actor)).toHaveLength(1);
    return { searches };
  });
  await Promise.all(found.searches);
});

test('jobs do not wait for people, nor people for jobs', async () => {
  const { db, reads } = testApp.app;
  const held = async (pool: Knex, connections: number) => {
    const all = await Promise.all(Array.from({ length: connections }, () => pool.transaction()));
    return () => Promise.all(all.map((trx) => trx.rollback()));
  };
  const releasePeoples = await held(reads, 5);
  expect(await getBatchSummary(testApp.app, system(testApp.tenantId), batchId)).toMatchObject({
    id: batchId,
  });
  await releasePeoples();
  const releaseJobs = await held(db, 10);
  expect(await getBatchSummary(testApp.app, testApp.actor, batchId)).toMatchObject({ id: batchId });
  await releaseJobs();
});

test('a question of a person may last ten seconds, and what ended it is known', async () => {
  const { rows } = await testApp.app.reads.raw('show statement_timeout');
  expect(rows).toEqual([{ statement_timeout: '10s' }]);
  const ended = await whileLocked('sms_rejected_recipient', async () => {
    const failed = search(testApp.actor).catch((error: unknown) => error);
    const [pid] = await waitFor(1);
    await testApp.app.db.raw('select pg_cancel_backend(?)', [pid ?? 0]);
    return failed;
  });
  expect(readRefusalOf(ended)).toBe('too_slow');
  expect(readRefusalOf(new Error('other'))).toBeNull();
});
