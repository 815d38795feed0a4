import { enqueue } from '../../src/queue/enqueue';
import { FORMER_NAMES, parsePayload } from '../../src/queue/former-jobs';
import { JOBS, type JobHandlers, type JobKind } from '../../src/queue/jobs';
import { createTestDatabase } from '../setup/database';
import { COMPARISON } from './comparison-payload';
import { startTestWorker } from './start-test-worker';

it('does jobs that wait under their former names, with payloads of the version that enqueued them', async () => {
  const database = await createTestDatabase();
  const done: [JobKind, unknown][] = [];
  let seen = () => {};
  const handlers = Object.fromEntries(
    Object.keys(JOBS).map((kind) => [
      kind,
      async (payload: unknown) => {
        done.push([kind as JobKind, payload]);
        seen();
      },
    ]),
  ) as Partial<JobHandlers>;
  const formerJobs = [
    ['call-attention:1', { batchId: '1' }],
    ['refresh-message', { batchId: '2' }],
    ['refresh-message:1', { batchId: '3' }],
    ['record-reports', { channel: 'onbuka' }],
    ['record-inbound', { channel: 'onbuka' }],
    ['compare-with-provider:1', { ...COMPARISON, channel: 'onbuka' }],
  ] as const;
  for (const [name, payload] of formerJobs) {
    await database.knex.raw(`select graphile_worker.add_job(?, ?::json)`, [name, JSON.stringify(payload)]);
  }
  const worker = await startTestWorker(database.url, handlers);
  await new Promise<void>((resolve) => {
    seen = () => {
      if (done.length === formerJobs.length) resolve();
    };
    seen();
  });
  expect(new Set(done)).toEqual(
    new Set([
      ['post-alert', { batchId: '1' }],
      ['refresh-status-message', { batchId: '2' }],
      ['refresh-status-message', { batchId: '3' }],
      ['record-delivery-reports', { provider: 'onbuka' }],
      ['record-inbound', { provider: 'onbuka' }],
      ['compare-with-provider', { ...COMPARISON, provider: 'onbuka' }],
    ]),
  );
  await worker.stop();
  await database.drop();
});

it('keeps one job of a key, whichever of its names it waits under', async () => {
  const database = await createTestDatabase();
  await database.knex.raw(
    `select graphile_worker.add_job('refresh-message:1', '{"batchId":"1"}'::json, job_key => 'message:1',
       run_at => now() + interval '1 minute')`,
  );
  const options = { key: 'message:1', workspace: '1' };
  await enqueue(database.knex, 'refresh-status-message', { batchId: '1' }, { ...options, delayMs: 1_000 });
  const names = () => database.knex('graphile_worker.jobs').pluck('task_identifier');
  expect(await names()).toEqual(['refresh-message:1']);
  await enqueue(
    database.knex,
    'refresh-status-message',
    { batchId: '1' },
    { ...options, onWaiting: 'retime' },
  );
  expect(await names()).toEqual(['refresh-status-message:1']);
  await database.drop();
});

it('gives no former name to a kind of today, and reads payloads of today as they are', () => {
  expect(Object.keys(FORMER_NAMES).filter((name) => name in JOBS)).toEqual([]);
  expect(parsePayload('record-inbound', { provider: 'onbuka' })).toEqual({ provider: 'onbuka' });
  expect(() => parsePayload('record-inbound', {})).toThrow();
});
