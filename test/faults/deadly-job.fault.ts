import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { enqueueExport } from '../../src/batches/enqueue-jobs';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { isSubmitted, onlyBatch } from './expect-promise-kept';
import { ANNA, BEN, sendList } from './send-list';
import { killBots, startBot } from './start-bot';

const MANAGE = resolve(__dirname, '../../src/manage/main.ts');
const KILLED = { code: null, signal: 'SIGKILL' };

let system: TestSystem;
beforeEach(async () => {
  system = await startTestSystem({ bot: false });
});
afterEach(async () => {
  await killBots();
  await system.close();
});

test('a job that kills its process twice is put aside: the third start works, its person is told, and a retry brings the file', async () => {
  const { db, slack, env } = system;
  const healthy = await startBot(env);
  await sendList(system, { good: 20 });
  const { id: batchId } = await until(() => onlyBatch(db), isSubmitted);
  // A stop in between is no death.
  await healthy.kill('SIGTERM');
  expect(await db('job_death')).toEqual([]);
  const { tenant_id: tenantId, user_id: userId } = await db('sms_batch').where({ id: batchId }).first();
  await db.transaction((trx) =>
    enqueueExport(trx, { id: 'wanted', tenantId, userId, batchId, part: 'recipients' }),
  );

  const deadly = { ...env, NODE_OPTIONS: `--require ${join(__dirname, 'die-at-export.cjs')}` };
  for (let death = 1; death <= 2; death += 1) {
    const bot = await startBot(deadly);
    expect(await bot.exited).toEqual(KILLED);
  }
  const third = await startBot(deadly);
  const [aside] = await until(
    () => db('dead_job').select('id', 'name', 'deaths'),
    (rows) => rows.length > 0,
  );
  expect(aside).toMatchObject({ name: 'export-batch', deaths: 2 });
  const anna = slack.as(ANNA);
  const told = () => anna.sees(anna.direct()).filter(({ text }) => text.includes('stopped the bot twice'));
  await slack.waitFor(() => told().length > 0, { timeoutMs: 120_000 });

  await sendList(system, { good: 30 }, {}, BEN);
  await until(
    () => db('sms_batch').whereIn('status', ['submitted', 'completed']),
    (submitted) => submitted.length === 2,
  );
  // Longer than a sweep: nothing begins it a third time.
  await pause(20_000);
  expect(await Promise.race([third.exited, pause(0, 'alive')])).toBe('alive');
  expect(told()).toHaveLength(1);
  expect(await db('job_death')).toEqual([]);
  await third.kill('SIGTERM');

  await startBot(env);
  expect(await manage('jobs', 'retry', aside.id)).toBe(0);
  const brought = () => slack.messages(slack.channel('marketing').id).filter(({ files }) => files?.length);
  await slack.waitFor(() => brought().length > 0, { timeoutMs: 120_000 });
  expect(await db('dead_job')).toEqual([]);
});

async function manage(...command: string[]): Promise<unknown> {
  const env = { PATH: process.env.PATH, DATABASE_URL: system.env.DATABASE_URL };
  const child = spawn(process.execPath, ['--import', 'tsx', MANAGE, ...command], { env, stdio: 'ignore' });
  const [code] = await once(child, 'close');
  return code;
}
