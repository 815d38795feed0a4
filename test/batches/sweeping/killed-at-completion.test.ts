import type { Heart } from '../../../src/batches/app-context';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { pollDelivery } from '../../../src/batches/tracking/poll-delivery';
import { recordReports } from '../../../src/batches/tracking/record-delivery-reports';
import { landPushes } from '../../../src/batches/tracking/store-webhook';
import { openDatabase } from '../../../src/db/connect';
import { createTestHeart, type TestHeart } from '../../setup/app-context';
import { pushing, reportOf } from '../tracking/webhook-fixture';

/** Two chunks: the last reports of a batch, and the process dies before a statement, each of them in turn. */
const RECIPIENTS = 12;
const MOST_STATEMENTS = 100;

let world: TestHeart;
beforeAll(async () => {
  world = await createTestHeart();
});
afterAll(() => world.close());

const { accepted, countsOf } = pushing(() => world);

/** Runs `act` in a process that dies before its nth statement; answers whether it lived to the end. */
async function dieAt(statement: number, act: (heart: Heart) => Promise<void>): Promise<boolean> {
  const databaseUrl = world.heart.db.client.config.connection.connectionString;
  const database = await openDatabase({ databaseUrl, dataDir: '', log: world.heart.log });
  let statements = 0;
  database.knex.on('query', () => {
    statements += 1;
    if (statements >= statement) throw new Error('the process has died');
  });
  const lived = await act({ ...world.heart, db: database.knex }).then(
    () => true,
    () => false,
  );
  // What it held open ends with its connections.
  await database.close();
  return lived;
}

async function announcements(batchId: string): Promise<number> {
  const { rows } = await world.heart.db.raw(
    `select count(*)::int as n from graphile_worker._private_jobs as job
     where key = ? and locked_at is null`,
    [`announce:${batchId}`],
  );
  return rows[0].n;
}

/** Dies at every statement in turn; after each death the next process does what waits. */
async function dieEverywhere(
  prepare: (batch: Awaited<ReturnType<typeof accepted>>) => Promise<void>,
  act: (heart: Heart, batchId: string) => Promise<void>,
): Promise<number> {
  for (let statement = 1; statement < MOST_STATEMENTS; statement += 1) {
    const batch = await accepted(RECIPIENTS);
    const { batchId } = batch;
    await prepare(batch);
    const lived = await dieAt(statement, (heart) => act(heart, batchId));
    const before = await countsOf(batchId);
    expect(await announcements(batchId)).toBe(before.status === 'completed' ? 1 : 0);
    await sweep(world.heart);
    await act(world.heart, batchId);
    expect(await countsOf(batchId)).toEqual({ delivered: RECIPIENTS, status: 'completed' });
    expect(await announcements(batchId)).toBe(1);
    if (lived) return statement;
  }
  throw new Error('It never came to its end.');
}

test('polled to completion: right and told once, whichever statement was the last', async () => {
  const statements = await dieEverywhere(
    async () => {
      for (const one of world.channel.statuses.values()) one.status = 'delivered';
    },
    async (heart, batchId) => {
      await pollDelivery(heart, batchId);
      await pollDelivery(heart, batchId);
    },
  );
  expect(statements).toBeGreaterThan(10);
}, 120_000);

test('pushed to completion: right, told once and charged once, whichever statement was the last', async () => {
  const statements = await dieEverywhere(
    async ({ sent }) => {
      const bodies = sent.map((one) => JSON.stringify(reportOf(one)));
      await landPushes(world.heart, { channel: 'onbuka', kind: 'report' }, bodies);
    },
    (heart) => recordReports(heart, 'onbuka'),
  );
  expect(statements).toBeGreaterThan(10);
  const charged = await world.heart.db('sms_batch_cost').distinct().pluck('messages');
  expect(charged).toEqual([RECIPIENTS]);
}, 120_000);

test('the queue forgets the announcement: the sweep asks for it again, once', async () => {
  const { batchId } = await accepted(1);
  for (const one of world.channel.statuses.values()) one.status = 'delivered';
  await pollDelivery(world.heart, batchId);
  await world.heart.db.raw('delete from graphile_worker._private_jobs');
  for (let round = 0; round < 2; round += 1) await sweep(world.heart);
  expect(await announcements(batchId)).toBe(1);
});
