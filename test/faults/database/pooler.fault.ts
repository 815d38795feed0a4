import { Client } from 'pg';
import { openDatabase } from '../../../src/db/connect';
import { createLog } from '../../../src/log';
import { startTestSystem, type TestSystem } from '../../setup/test-system';
import { until } from '../../setup/until';
import { expectPromiseKept, untilProved } from '../expect-promise-kept';
import { sendList } from '../send-list';
import { killBots, startBot } from '../start-bot';
import { hasPgbouncer, type Pooler, startPooler } from './pooler';

/** Only where there is pgbouncer: `.ci/run` installs it, as it does Chromium. */
const withPgbouncer = hasPgbouncer ? test : test.skip;
if (!hasPgbouncer) process.stderr.write('Skipped: there is no pgbouncer (apt-get install pgbouncer).\n');

let system: TestSystem;
let pooler: Pooler | undefined;
beforeEach(async () => {
  system = await startTestSystem({ bot: false, buka: { latencyMs: 100 } });
});
afterEach(async () => {
  await killBots();
  await pooler?.close();
  pooler = undefined;
  await system.close();
});

const IGNORE_STARTUP = 'ignore_startup_parameters = extra_float_digits,options,statement_timeout';

withPgbouncer.each([
  ['transaction', []],
  ['transaction', ['server_round_robin = 1', 'min_pool_size = 4']],
  ['transaction', ['default_pool_size = 1', IGNORE_STARTUP]],
  ['statement', []],
  ['statement', ['server_round_robin = 1', 'min_pool_size = 4']],
])('%s pooling is refused at the start, in words: %j', async (mode, more) => {
  pooler = await startPooler(system.env.DATABASE_URL as string, mode, more);
  const opened = openDatabase({ databaseUrl: pooler.url, dataDir: '', log: createLog('silent') });
  await expect(opened).rejects.toMatchObject({ code: 'transaction_pooling' });
  await expect(opened).rejects.toThrow(/^DATABASE_URL leads through a pooler .* Use session pooling/);
  // The sessions of the pooler, which others use, are as they were.
  const pooled = new Client({ connectionString: pooler.url });
  await pooled.connect();
  const { rows } = await pooled.query('show search_path');
  await pooled.end();
  expect(rows).toEqual([{ search_path: '"$user", public' }]);
});

withPgbouncer('a parameter of the address that the pooler refuses is named', async () => {
  pooler = await startPooler(system.env.DATABASE_URL as string, 'session');
  const databaseUrl = `${pooler.url}?statement_timeout=1000`;
  await expect(openDatabase({ databaseUrl, dataDir: '', log: createLog('silent') })).rejects.toThrow(
    /unsupported startup parameter: statement_timeout.*leave it out there/,
  );
});

withPgbouncer('with session pooling a list is sent, and a worker that is killed is noticed', async () => {
  const { buka, db, env } = system;
  pooler = await startPooler(env.DATABASE_URL as string, 'session');
  const pooled = { ...env, DATABASE_URL: pooler.url };
  await startBot({ ...pooled, ROLE: 'web' });
  const victim = await startBot({ ...pooled, ROLE: 'worker' });
  const numbers = await sendList(system, { good: 4_000 });
  await until(
    async () => buka.ledger.counts().once,
    (once) => once >= 1_000,
  );
  await victim.kill('SIGKILL');
  await startBot({ ...pooled, ROLE: 'worker' });
  await untilProved(db, buka.ledger, numbers);
  await expectPromiseKept(db, buka.ledger, numbers);
});
