import { readFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { openDatabase } from '../../../src/db/connect';
import { SUPERUSER } from '../../../src/db/embedded/initialise';
import { createLog } from '../../../src/log';
import { startTestSystem, type TestSystem } from '../../setup/test-system';
import { until } from '../../setup/until';
import { expectPromiseKept, onlyBatch, untilProved } from '../expect-promise-kept';
import { isFull } from '../run-size';
import { sendList } from '../send-list';
import { type Bot, killBots, startBot } from '../start-bot';

const RECIPIENTS = isFull ? 60_000 : 8_000;

let system: TestSystem;
let ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  system = await startTestSystem({
    bot: false,
    buka: { latencyMs: 200 },
    env: { SUBMIT_CONCURRENCY: '2', SUBMIT_TIMEOUT_MS: '5000' },
  });
});
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
  await killBots();
  await system.close();
});

test('kill -9 of the embedded database while the bot submits: the bot starts it again and continues', async () => {
  const { buka, env } = system;
  const bot = await startBot({ ...env, DATABASE_URL: '' });
  const numbers = await sendList(system, { good: RECIPIENTS });
  await until(
    async () => buka.ledger.counts().once,
    (once) => once >= 2_000,
  );
  const lockFile = join(env.DATA_DIR as string, 'postgres/cluster/postmaster.pid');
  const { pid, db } = await embeddedServer(lockFile);
  process.kill(pid, 'SIGKILL');
  // Its child processes live a moment longer, and answer: only another process id means that it is back.
  await until(
    () => readFile(lockFile, 'utf8').catch(() => String(pid)),
    (text) => !text.startsWith(String(pid)),
  );
  await until(() => onlyBatch(db).catch(() => undefined), Boolean);
  await Promise.race([failAtEndOf(bot), untilProved(db, buka.ledger, numbers)]);
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(await bot.kill('SIGTERM')).toEqual({ code: 0, signal: null });
});

test('the connection to the database is lost for a while: nothing doubled, nothing lost, recovered by itself', async () => {
  const { buka, db, env } = system;
  const line = await openLine(env.DATABASE_URL as string);
  const bot = await startBot({ ...env, DATABASE_URL: line.url });
  const numbers = await sendList(system, { good: RECIPIENTS });
  await until(
    async () => buka.ledger.counts().once,
    (once) => once >= 2_000,
  );
  line.cut();
  await pause(isFull ? 120_000 : 15_000);
  line.mend();
  await Promise.race([failAtEndOf(bot), untilProved(db, buka.ledger, numbers)]);
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(await bot.kill('SIGTERM')).toEqual({ code: 0, signal: null });
}, 600_000);

/** The bot itself must survive its database. */
async function failAtEndOf(bot: Bot): Promise<never> {
  throw new Error(`the bot ended: ${JSON.stringify(await bot.exited)}`);
}

/** The server's process id and a connection to it, from its own lock file. */
async function embeddedServer(lockFile: string): Promise<{ pid: number; db: Knex }> {
  const [pid, , , , socketDir] = (await readFile(lockFile, 'utf8')).split('\n');
  const databaseUrl = `postgresql://${SUPERUSER}@localhost/postgres?host=${encodeURIComponent(socketDir as string)}`;
  const database = await openDatabase({ databaseUrl, dataDir: '', log: createLog('silent') });
  ends.push(() => database.close());
  return { pid: Number(pid), db: database.knex };
}

interface Line {
  url: string;
  /** Breaks every connection and takes no new one. */
  cut(): void;
  mend(): void;
}

/** A TCP connection to the test server, which listens on a Unix socket, that can be cut. */
async function openLine(databaseUrl: string): Promise<Line> {
  const url = new URL(databaseUrl);
  const socketPath = join(url.searchParams.get('host') as string, '.s.PGSQL.5432');
  const open = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(socketPath);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = () => {
    for (const one of open) one.destroy();
  };
  ends.push(async () => {
    server.close();
    end();
  });
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    cut: () => {
      isCut = true;
      end();
    },
    mend: () => {
      isCut = false;
    },
  };
}
