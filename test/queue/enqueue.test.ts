import { enqueue } from '../../src/queue/enqueue';
import { createTestDatabase, type TestDatabase } from '../setup/database';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const BATCH = { tenantId: '1', batchId: '1' };
const again = { key: 'message:1', delayMs: 60_000 };

/** Waiting jobs, due or not, that no other transaction has locked: a worker could take them. */
async function free(): Promise<unknown[]> {
  const { rows } = await database.knex.raw(
    'select run_at from bulk_sms_queue._private_jobs where locked_at is null for update skip locked',
  );
  return rows;
}

it('keeps one waiting job of a key, at its first time, unless it is given a new one', async () => {
  const { knex } = database;
  await enqueue(knex, 'refresh-status-message', BATCH, again);
  const first = await free();
  await enqueue(knex, 'refresh-status-message', BATCH, { ...again, delayMs: 1 });
  expect(await free()).toEqual(first);
  await enqueue(knex, 'refresh-status-message', BATCH, { ...again, delayMs: 1, onWaiting: 'retime' });
  const retimed = await free();
  expect(retimed).toHaveLength(1);
  expect(retimed).not.toEqual(first);
});

it('no worker takes a waiting job before the change that it is meant to see is committed', async () => {
  const { knex } = database;
  await enqueue(knex, 'refresh-status-message', BATCH, again);
  await knex.transaction(async (trx) => {
    await enqueue(trx, 'refresh-status-message', BATCH, again);
    expect(await free()).toEqual([]);
    // Several may enqueue at once: none waits for another.
    await knex.transaction((other) => enqueue(other, 'refresh-status-message', BATCH, again));
  });
  expect(await free()).toHaveLength(1);
});

it('makes another job where the one of that key runs already, or has failed and waits long', async () => {
  const { knex } = database;
  await enqueue(knex, 'refresh-status-message', BATCH, again);
  await knex('bulk_sms_queue._private_jobs').update({ locked_at: knex.fn.now(), locked_by: 'worker' });
  await enqueue(knex, 'refresh-status-message', BATCH, again);
  expect(await free()).toHaveLength(1);

  const late = new Date(Date.now() + 3_600_000);
  await knex('bulk_sms_queue._private_jobs').whereNull('locked_at').update({ attempts: 3, run_at: late });
  await enqueue(knex, 'refresh-status-message', BATCH, again);
  const [row] = (await free()) as [{ run_at: Date }];
  expect(row.run_at.getTime()).toBeLessThan(late.getTime());
});
