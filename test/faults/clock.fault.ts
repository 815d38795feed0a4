import { join } from 'node:path';
import type { Knex } from 'knex';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { expectPromiseKept, isSubmitted, onlyBatch, untilProved } from './expect-promise-kept';
import { isFull } from './run-size';
import { sendList } from './send-list';
import { killBots, startBot } from './start-bot';

const HOUR_MS = 3_600_000;
const RECIPIENTS = isFull ? 60_000 : 12_000;

let system: TestSystem;
beforeEach(async () => {
  system = await startTestSystem({
    bot: false,
    buka: { latencyMs: 200 },
    env: { SUBMIT_CONCURRENCY: '2', SUBMIT_TIMEOUT_MS: '5000' },
  });
});
afterEach(async () => {
  await killBots();
  await system.close();
});

test.each([
  ['set back by an hour', HOUR_MS],
  ['set forward by an hour', -HOUR_MS],
])(
  "the database's clock is %s: the batch continues at once, nobody twice, nobody forgotten",
  async (_name, ms) => {
    const { buka, db, env } = system;
    await startBot(env);
    const numbers = await sendList(system, { good: RECIPIENTS });
    await until(
      async () => buka.ledger.counts().once,
      (once) => once >= 2_000,
    );
    await moveAllTimes(db, ms);
    await until(() => onlyBatch(db), isSubmitted);
    await untilProved(db, buka.ledger, numbers);
    await expectPromiseKept(db, buka.ledger, numbers);
  },
);

test("a worker's own clock is wrong by hours and is corrected: the provider refuses, then accepts each number once", async () => {
  const { buka, db, env } = system;
  const bot = await startBot({
    ...env,
    NODE_OPTIONS: `--require ${join(__dirname, 'shift-clock.cjs')}`,
    CLOCK_JUMPS_MS: [HOUR_MS, -HOUR_MS, 0].join(','),
  });
  const numbers = await sendList(system, { good: RECIPIENTS });
  await until(
    async () => buka.ledger.counts().once,
    (once) => once >= 2_000,
  );
  let refused = 0;
  for (const _jump of ['ahead', 'behind']) {
    bot.signal('SIGUSR2');
    refused = await until(
      async () => (await db('sms_submission').where({ provider_status: '-16' })).length,
      (now) => now > refused,
    );
  }
  bot.signal('SIGUSR2');
  await until(() => onlyBatch(db), isSubmitted);
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(buka.ledger.counts(numbers)).toMatchObject({ once: RECIPIENTS, never: 0 });
});

/** The server's clock cannot be set here. Instead all stored times move the other way, which has the same effect. */
async function moveAllTimes(db: Knex, ms: number): Promise<void> {
  const { rows } = await db.raw(
    `select format('%I.%I', table_schema, table_name) as name,
       string_agg(format('%1$I = %1$I + :ms * interval ''1 ms''', column_name), ', ') as change
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema in ('bulk_sms', 'bulk_sms_queue') and table_type = 'BASE TABLE'
       and data_type = 'timestamp with time zone'
     group by 1`.replace(':ms', String(ms)),
  );
  const move = () =>
    db.transaction(async (trx) => {
      // No other transaction sees half of the jump.
      for (const { name } of rows) await trx.raw(`lock table ${name} in exclusive mode`);
      for (const { name, change } of rows) await trx.raw(`update ${name} set ${change}`);
    });
  // The bot takes its locks in another order; a deadlock ends one of the two.
  await until(
    () =>
      move().then(
        () => 'moved',
        (error: { code?: string }) => error.code,
      ),
    (outcome) => outcome === 'moved',
  );
}
