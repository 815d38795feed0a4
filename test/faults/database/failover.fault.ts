import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@bulk-sms/playground/demo/free-port';
import { Client } from 'pg';
import { type Database, openDatabase } from '../../../src/db/connect';
import { createLog } from '../../../src/log';
import { startTestSystem, type TestSystem } from '../../setup/test-system';
import { until } from '../../setup/until';
import { expectPromiseKept, untilProved } from '../expect-promise-kept';
import { isFull } from '../run-size';
import { sendList } from '../send-list';
import { type Bot, killBots, startBot } from '../start-bot';

const RECIPIENTS = isFull ? 40_000 : 6_000;
const ROLES = isFull ? ['web', 'worker', 'worker'] : ['all'];

let server: Database;
let system: TestSystem;
let dataDir: string;
/** By the port of their `/readyz`. */
let bots: Map<number, Bot>;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sms-failover-'));
  // A server of its own: its settings are changed.
  server = await openDatabase({ dataDir, fsync: false, log: createLog('silent') });
  const { connectionString: url, knex, reads } = server;
  const database = { url, knex, reads, drop: () => server.close() };
  const buka = { latencyMs: 200 };
  system = await startTestSystem({
    database,
    bot: false,
    buka,
    env: { SUBMIT_CONCURRENCY: '2' },
  });
  bots = new Map();
  for (const ROLE of ROLES) {
    const port = await freePort();
    bots.set(port, await startBot({ ...system.env, ROLE, PORT: String(port) }));
  }
});
afterEach(async () => {
  await killBots();
  await system.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('sessions become read-only while new ones write: every process drops them, and the batch goes on', async () => {
  const { buka, db } = system;
  const numbers = await sendList(system, { good: RECIPIENTS });
  await until(
    async () => buka.ledger.counts().once,
    (once) => once >= 1_000,
  );
  await failOver({ newSessionsWrite: true });
  await untilProved(db, buka.ledger, numbers);
  await expectPromiseKept(db, buka.ledger, numbers);
  await until(formerSessions, (left) => left === 0);
  for (const port of bots.keys()) await untilReadiness(port, { status: 200, writes: true });
});

test('while no session can write, readiness says so; it is ready as soon as one can', async () => {
  await failOver({ newSessionsWrite: false });
  // Whether it still answers depends on whether a session is left to ask: those that cannot write are dropped.
  for (const port of bots.keys()) await untilReadiness(port, { status: 503, ok: false, writes: false });
  await letNewSessionsWrite(true);
  for (const port of bots.keys()) await untilReadiness(port, { status: 200, writes: true });
  const numbers = await sendList(system, { good: 50 });
  await untilProved(system.db, system.buka.ledger, numbers);
  await expectPromiseKept(system.db, system.buka.ledger, numbers);
});

/**
 * What a bot sees of a failover that leaves its connections open. The setting of the database holds for sessions that
 * begin later; for those that are open, that of the server does.
 */
async function failOver({ newSessionsWrite }: { newSessionsWrite: boolean }): Promise<void> {
  await letNewSessionsWrite(newSessionsWrite);
  await asAdmin('alter system set default_transaction_read_only = on');
  await asAdmin('select pg_reload_conf()');
}

const letNewSessionsWrite = (may: boolean) =>
  asAdmin(`alter database postgres set default_transaction_read_only = ${may ? 'off' : 'on'}`);

/** Of which none was begun after the failover. */
async function formerSessions(): Promise<number> {
  const { rows } = await asAdmin(
    `select count(*)::int as n from pg_stat_activity
     where application_name like 'bulk-sms%' and backend_start < pg_conf_load_time()`,
  );
  return rows[0]?.n ?? 0;
}

/** Asked for as long as it takes: a session that is replaced in that moment, or a busy machine, makes it say no once. */
async function untilReadiness(port: number, expected: Record<string, unknown>): Promise<void> {
  await until(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      return { status: answer.status, ...((await answer.json()) as object) };
    },
    (readiness) => Object.entries(expected).every(([name, value]) => Reflect.get(readiness, name) === value),
  );
}

/** In a session of its own, which writes whatever the settings are. */
async function asAdmin(statement: string): Promise<{ rows: { n: number }[] }> {
  const client = new Client({ connectionString: server.connectionString });
  await client.connect();
  await client.query('set default_transaction_read_only = off');
  return client.query(statement).finally(() => client.end());
}
