import type { Knex } from 'knex';
import { startBatch } from '../../../src/batches/control/start-batch';
import { createBatch } from '../../../src/batches/importing/create-batch';
import { importRecipients } from '../../../src/batches/importing/import-recipients';
import { getReview } from '../../../src/batches/views/get-review';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await createTestApp();
});
afterAll(() => testApp.close());

/** `act` happens before the second transaction, as where a machine stands still between the first and the second. */
function actBeforeSecondTransaction(db: Knex, act: () => Promise<void>): Knex {
  let begun = 0;
  const transaction = async (work: (trx: Knex.Transaction) => Promise<void>) => {
    begun += 1;
    if (begun === 2) await act();
    return db.transaction(work);
  };
  return new Proxy(db, {
    get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
}

it('a reader that stood still while another read the list, and a person sent it, takes nobody off it', async () => {
  const { app, actor } = testApp;
  const { batchId } = await createBatch(app, actor, {
    accountId: null,
    submitKey: 'late-reader',
    content: 'Hello',
    senderId: null,
    defaultCountry: 'CN',
    sources: [{ kind: 'pasted', text: mobiles(3).join('\n') }],
  });
  let isStarted = false;
  const db = actBeforeSecondTransaction(app.db, async () => {
    await importRecipients(app, batchId);
    const version = (await getReview(app, actor, batchId))?.version ?? 0;
    expect(await startBatch(app, actor, { batchId, version })).toMatchObject({ kind: 'started' });
    isStarted = true;
  });
  // For the late one the time is over.
  await importRecipients({ ...app, db }, batchId, undefined, 0);
  expect(isStarted).toBe(true);
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'pending', total_count: 3 });
  expect(await testApp.recipients(batchId)).toEqual({ pending: 3 });
});
