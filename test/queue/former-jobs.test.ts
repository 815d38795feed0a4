import { enqueue } from '../../src/queue/enqueue';
import { FORMER_NAMES, parsePayload } from '../../src/queue/former-jobs';
import { DONE } from '../../src/queue/job-result';
import { JOBS, type JobHandlers, type JobKind } from '../../src/queue/jobs';
import { createTestDatabase } from '../setup/database';
import { COMPARISON } from './comparison-payload';
import { startTestWorker } from './start-test-worker';

const EXPORT = { tenantId: '1', batchId: '1', userId: '2', part: 'recipients' };

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
        return DONE;
      },
    ]),
  ) as Partial<JobHandlers>;
  // Names with a workspace, and payloads without one, are moved by a migration: see test/upgrade.
  const formerJobs = [
    ['call-attention', { tenantId: '1', batchId: '1' }],
    ['refresh-message', { tenantId: '1', batchId: '2' }],
    ['refresh-message', { tenantId: '2', batchId: '3' }],
    ['record-reports', { channel: 'onbuka' }],
    ['record-inbound', { channel: 'onbuka' }],
    ['compare-with-provider', { ...COMPARISON, channel: 'onbuka' }],
    ['export-batch', EXPORT],
  ] as const;
  for (const [name, payload] of formerJobs) {
    await database.knex.raw(`select bulk_sms_queue.add_job(?, ?::json)`, [name, JSON.stringify(payload)]);
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
      ['post-alert', { tenantId: '1', batchId: '1' }],
      ['refresh-status-message', { tenantId: '1', batchId: '2' }],
      ['refresh-status-message', { tenantId: '2', batchId: '3' }],
      ['record-delivery-reports', { provider: 'onbuka' }],
      ['record-inbound', { provider: 'onbuka' }],
      ['compare-with-provider', { ...COMPARISON, provider: 'onbuka' }],
      ['export-batch', { ...EXPORT, id: '1:recipients:2' }],
    ]),
  );
  await worker.stop();
  await database.drop();
});

it('keeps one job of a key, whichever of its names it waits under', async () => {
  const database = await createTestDatabase();
  await database.knex.raw(
    `select bulk_sms_queue.add_job('refresh-message', '{"tenantId":"1","batchId":"1"}'::json, job_key => 'message:1',
       run_at => now() + interval '1 minute')`,
  );
  const payload = { tenantId: '1', batchId: '1' };
  const options = { key: 'message:1' };
  await enqueue(database.knex, 'refresh-status-message', payload, { ...options, delayMs: 1_000 });
  const names = () => database.knex('bulk_sms_queue.jobs').pluck('task_identifier');
  expect(await names()).toEqual(['refresh-message']);
  await enqueue(database.knex, 'refresh-status-message', payload, { ...options, onWaiting: 'retime' });
  expect(await names()).toEqual(['refresh-status-message']);
  await database.drop();
});

it('gives no former name to a kind of today, and reads payloads of today as they are', () => {
  expect(Object.keys(FORMER_NAMES).filter((name) => name in JOBS)).toEqual([]);
  expect(parsePayload('record-inbound', { provider: 'onbuka' })).toEqual({ provider: 'onbuka' });
  expect(() => parsePayload('record-inbound', {})).toThrow();
  expect(parsePayload('export-batch', { ...EXPORT, id: '3' })).toEqual({ ...EXPORT, id: '3' });
});
