import { startBatch } from '../../../src/batches/control/start-batch';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const minutesPass = (batchId: string, minutes: number) =>
  testApp.app
    .db('sms_batch')
    .where({ id: batchId })
    .update({ moved_at: testApp.app.db.raw(`now() - ? * interval '1 minute'`, [minutes]) });
const alertOf = (batchId: string) =>
  testApp.app.db('sms_batch').where({ id: batchId }).first('alert', 'alert_number');

test('a batch without progress for ten minutes raises one alert, and one more when it stalls again', async () => {
  const batchId = await testApp.started(mobiles(30));
  await testApp.submit(batchId);
  await minutesPass(batchId, 9);
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ alert: null, alert_number: 0 });
  await minutesPass(batchId, 11);
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ alert: 'stalled', alert_number: 1 });
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ alert: 'stalled', alert_number: 1 });

  const { db } = testApp.app;
  await db('sms_batch').update({ alert_raised_at: db.raw(`now() - interval '1 hour'`) });
  await testApp.submit(batchId);
  await minutesPass(batchId, 11);
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ alert: 'stalled', alert_number: 2 });
});

test('a batch that waits for a person or for reports raises no alert', async () => {
  const batchId = await testApp.started(mobiles(5));
  await testApp.submit(batchId);
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'submitted' });
  await minutesPass(batchId, 60);
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ alert: null, alert_number: 0 });
});

test('the time before somebody pressed Send does not count', async () => {
  const ready = await testApp.draft(mobiles(5));
  await minutesPass(ready.batchId, 60);
  await startBatch(testApp.app, testApp.actor, ready);
  await sweep(testApp.app);
  expect(await alertOf(ready.batchId)).toEqual({ alert: null, alert_number: 0 });
});

test('a thousand paused batches do not hide later ones from the sweep', async () => {
  const { db } = testApp.app;
  const { batchId: first } = await testApp.draft(mobiles(1));
  await db.raw(
    `insert into sms_batch (tenant_id, user_id, channel, status, content, submit_key, order_prefix)
     select tenant_id, user_id, channel, 'paused', content, 'paused-' || n, 'paused-' || n
     from sms_batch, generate_series(1, 1000) as n where id = ?`,
    [first],
  );
  const batchId = await testApp.started(mobiles(5, 13_900_139_000));
  await db.raw('delete from bulk_sms_queue._private_jobs');
  await sweep(testApp.app);
  const { rows } = await db.raw('select key from bulk_sms_queue.jobs where key = ?', [
    `submit:${batchId}:${testApp.accountId}:0`,
  ]);
  expect(rows).toHaveLength(1);
});

test('an account never has more open requests than its limit, over all batches, lanes and processes', async () => {
  // The limit of requests a second must not matter here.
  const { accountId } = testApp;
  const limits = { max_open_requests: 3, max_requests_per_second: 100_000 };
  await testApp.app.db('provider_account').update(limits);
  const batches = [await testApp.started(mobiles(60)), await testApp.started(mobiles(60, 13_900_139_000))];
  for (const batchId of batches) await testApp.submit(batchId);
  let open = 0;
  let most = 0;
  let ended = 0;
  let letAllEnd: () => void;
  const allHaveLooked = new Promise<void>((resolve) => {
    letAllEnd = resolve;
  });
  // Open requests stay open until all others have found no room, tried once more, and ended.
  const look = () => {
    if (open > 3 || open + ended === 6) letAllEnd();
  };
  testApp.provider.script = Array.from(
    { length: 10 },
    () => async (request: Parameters<typeof acceptAll>[0]) => {
      open += 1;
      most = Math.max(most, open);
      look();
      await allHaveLooked;
      open -= 1;
      return acceptAll(request);
    },
  );
  await Promise.all(
    batches.flatMap((batchId) =>
      [0, 1, 2].map(async (lane) => {
        await submitChunk({ ...testApp.app, worker: `process ${lane}` }, { batchId, accountId, lane });
        ended += 1;
        look();
      }),
    ),
  );
  expect(most).toBe(3);
});
