import { spawn } from 'node:child_process';
import { access, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { keepLog } from '../../src/db/embedded/keep-log';
import { startEmbedded } from '../../src/db/embedded/start';
import { createLog } from '../../src/log';
import { until } from '../setup/until';
import { makeHome, processesOn, removeHomes, serverPid } from './data-directories';
import { endOwners, type Owner, startOwner } from './start-owner';

const log = createLog('silent');
const onLinux = process.platform === 'linux' ? test : test.skip;

afterEach(endOwners);
afterAll(removeHomes);

describe('what was committed survives', () => {
  test('kill -9 of the bot while it writes', async () => {
    const { dataDir, owner } = await writingOwner();
    owner.process.kill('SIGKILL');
    await owner.ended;
    await expectKept(dataDir, owner.acknowledged());
  });

  test('kill -9 of the bot and of its server', async () => {
    const { dataDir, owner } = await writingOwner();
    const server = await serverPid(dataDir);
    owner.process.kill('SIGKILL');
    process.kill(server, 'SIGKILL');
    await owner.ended;
    await expectKept(dataDir, owner.acknowledged());
  });

  test('kill -9 of both, while a query still runs in one of the server’s processes', async () => {
    const { dataDir, owner, connectionString } = await writingOwner();
    const client = new Client({ connectionString });
    client.on('error', () => undefined);
    await client.connect();
    const busy = client.query('select count(*) from generate_series(1, 20000000)').catch(() => undefined);
    await until(() => query(connectionString, GENERATING), isFound);
    process.kill(await serverPid(dataDir), 'SIGKILL');
    owner.process.kill('SIGKILL');
    await owner.ended;
    await expectKept(dataDir, owner.acknowledged());
    await busy;
  });

  onLinux('kill -9 of the bot and of the watchdog, which leaves the server running', async () => {
    const { dataDir, owner } = await writingOwner();
    const server = await serverPid(dataDir);
    const watchdogs = (await processesOn(dataDir)).filter(({ command }) => command[0] === '/bin/sh');
    expect(watchdogs).toHaveLength(1);
    for (const { pid } of watchdogs) process.kill(pid, 'SIGKILL');
    owner.process.kill('SIGKILL');
    await owner.ended;
    expect(await serverPid(dataDir)).toBe(server);
    await expectKept(dataDir, owner.acknowledged());
  });

  test('a lock file whose process id another program has now', async () => {
    const { dataDir, owner } = await writingOwner();
    owner.process.kill('SIGTERM');
    await owner.ended;
    const otherProgram = spawn(process.execPath, ['--eval', 'process.stdin.resume()']);
    const lockFile = path.join(dataDir, 'postgres/cluster/postmaster.pid');
    await writeFile(lockFile, `${otherProgram.pid}\n${path.dirname(lockFile)}\n`, { mode: 0o600 });
    try {
      await expectKept(dataDir, owner.acknowledged());
      expect(otherProgram.exitCode ?? otherProgram.signalCode).toBeNull();
    } finally {
      otherProgram.kill();
    }
  });

  test('kill -9 of the server alone: the bot starts it again', async () => {
    const dataDir = await makeHome();
    const server = await startEmbedded({ dataDir, fsync: false, log });
    await query(server.connectionString, 'create table kept as select 7 as n');
    process.kill(await serverPid(dataDir), 'SIGKILL');
    await until(() => query(server.connectionString, 'select n from kept').catch(() => []), isFound);
    await server.stop();
  });
});

describe('the server ends', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'after the bot has finished, on %s to the whole process group',
    async (signal) => {
      const { dataDir, owner } = await writingOwner();
      process.kill(-(owner.process.pid ?? 0), signal);
      expect((await owner.ended).code).toBe(0);
      expect(await readFile(path.join(dataDir, 'postgres/server.log'), 'utf8')).toMatch(
        /database system is shut down\n$/,
      );
    },
  );

  onLinux('and leaves no process and no socket', async () => {
    const dataDir = await makeHome();
    const server = await startEmbedded({ dataDir, fsync: false, log });
    expect(await processesOn(dataDir)).not.toEqual([]);
    await server.stop();
    await until(() => processesOn(dataDir), isEmpty);
    const sockets = ['owner', '.s.PGSQL.5432'].map((name) => path.join(dataDir, 'postgres/socket', name));
    for (const socket of sockets) await expect(access(socket)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  onLinux('after kill -9 of the bot, without another start', async () => {
    const { dataDir, owner } = await writingOwner();
    owner.process.kill('SIGKILL');
    await until(() => processesOn(dataDir), isEmpty);
  });
});

test('a second bot on the same data is refused while the first is alive, and its error says what to do', async () => {
  const { dataDir, owner } = await writingOwner();
  const second = startOwner({ dataDir });
  expect(await second.said('failed')).toMatchObject({
    code: 'directory_in_use',
    message: expect.stringMatching(/Another bot is running .* DATA_DIR .* DATABASE_URL/),
  });
  const before = owner.acknowledged();
  await owner.said('acknowledged', ({ n }) => n > before);
  owner.process.kill('SIGTERM');
  await owner.ended;
});

test('of several bots that start at once after a crash, exactly one gets the data', async () => {
  const { dataDir, owner } = await writingOwner();
  owner.process.kill('SIGKILL');
  await owner.ended;
  const starts = await Promise.allSettled([1, 2, 3].map(() => startEmbedded({ dataDir, fsync: false, log })));
  const winners = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  expect(winners).toHaveLength(1);
  for (const winner of winners) {
    expect(await query(winner.connectionString, 'select 1 as n')).toEqual([{ n: 1 }]);
    await winner.stop();
  }
});

test('the log of the server stays within its limit', async () => {
  const file = path.join(await makeHome(), 'server.log');
  const write = keepLog(file, 100);
  for (let n = 10; n < 99; n += 1) write(`line ${n}\n`);
  const [now, before] = await Promise.all([readFile(file, 'utf8'), readFile(`${file}.1`, 'utf8')]);
  expect(before.length).toBeLessThanOrEqual(100);
  expect(now.length).toBeLessThanOrEqual(100);
  expect(before + now).toMatch(/line 98\n$/);
});

const isFound = (rows: unknown[]) => rows.length > 0;
const isEmpty = (rows: unknown[]) => rows.length === 0;

const GENERATING = `select from pg_stat_activity where query like '%generate_series%' and pid <> pg_backend_pid()`;

async function writingOwner(): Promise<{ dataDir: string; owner: Owner; connectionString: string }> {
  const dataDir = await makeHome();
  const owner = startOwner({ dataDir, write: true });
  const { connectionString } = await owner.said('ready');
  await owner.said('acknowledged', ({ n }) => n >= 100);
  return { dataDir, owner, connectionString };
}

/** Starts on the same data at once, without a pause in which anything could end, and counts the rows. */
async function expectKept(dataDir: string, acknowledged: number): Promise<void> {
  expect(acknowledged).toBeGreaterThanOrEqual(100);
  const server = await startEmbedded({ dataDir, fsync: false, log });
  const rows = await query(
    server.connectionString,
    `select n from kept where n <= ${acknowledged} order by n`,
  );
  await server.stop();
  expect(rows).toEqual(Array.from({ length: acknowledged }, (_, index) => ({ n: index + 1 })));
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
