import { startBatch } from '../../../src/batches/control/start-batch';
import { recordAlertPosted } from '../../../src/batches/outbox/record-shown';
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
  testApp.app.db('sms_batch').where({ id: batchId }).first('attention', 'attention_told_at');

test('a batch without progress for ten minutes raises one alert, and one more when it stalls again', async () => {
  const batchId = await testApp.started(mobiles(30));
  await submitChunk(testApp.app, batchId, 0);
  await minutesPass(batchId, 9);
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ attention: null, attention_told_at: null });
  await minutesPass(batchId, 11);
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ attention: 'stalled', attention_told_at: null });
  await recordAlertPosted(testApp.app, { batchId, alert: 'stalled' });
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toMatchObject({ attention_told_at: expect.any(Date) });

  const { db } = testApp.app;
  await db('sms_batch').update({ attention_told_at: db.raw(`now() - interval '1 hour'`) });
  await submitChunk(testApp.app, batchId, 0);
  await minutesPass(batchId, 11);
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ attention: 'stalled', attention_told_at: null });
});

test('a batch that waits for a person or for reports raises no alert', async () => {
  const batchId = await testApp.started(mobiles(5));
  await submitChunk(testApp.app, batchId, 0);
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'submitted' });
  await minutesPass(batchId, 60);
  await sweep(testApp.app);
  expect(await alertOf(batchId)).toEqual({ attention: null, attention_told_at: null });
});

test('the time before somebody pressed Send does not count', async () => {
  const { tenantId, userId } = testApp;
  const ready = await testApp.draft(mobiles(5));
  await minutesPass(ready.batchId, 60);
  await startBatch(testApp.app, { tenantId, userId, ...ready });
  await sweep(testApp.app);
  expect(await alertOf(ready.batchId)).toEqual({ attention: null, attention_told_at: null });
});

test('a thousand paused batches do not hide later ones from the sweep', async () => {
  const { db } = testApp.app;
  const { batchId: first } = await testApp.draft(mobiles(1));
  await db.raw(
    `insert into sms_batch (tenant_id, user_id, channel, status, content, submit_key, order_prefix, slack_channel_id,
       shown_version)
     select tenant_id, user_id, channel, 'paused', content, 'paused-' || n, 'paused-' || n, slack_channel_id, version
     from sms_batch, generate_series(1, 1000) as n where id = ?`,
    [first],
  );
  const batchId = await testApp.started(mobiles(5, 13_900_139_000));
  await db.raw('delete from graphile_worker._private_jobs');
  await sweep(testApp.app);
  const { rows } = await db.raw('select key from graphile_worker.jobs where key = ?', [
    `submit:${batchId}:0`,
  ]);
  expect(rows).toHaveLength(1);
});

test('an account never has more open requests than its limit, over all batches, lanes and processes', async () => {
  // The limit of requests a second must not matter here.
  const limits = { max_open_requests: 3, max_requests_per_second: 100_000 };
  await testApp.app.db('tenant_channel_config').update(limits);
  const batches = [await testApp.started(mobiles(60)), await testApp.started(mobiles(60, 13_900_139_000))];
  for (const batchId of batches) await submitChunk(testApp.app, batchId, 0);
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
        await submitChunk({ ...testApp.app, worker: `process ${lane}` }, batchId, lane);
        ended += 1;
        look();
      }),
    ),
  );
  expect(most).toBe(3);
});
