import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../../src/db/connect';
import { AS_NOBODY, IN_NAMESPACE } from '../../src/db/embedded/choose-identity';
import { findBinaries, prepareLibraries } from '../../src/db/embedded/find-binaries';
import { preparePaths } from '../../src/db/embedded/paths';
import { startEmbedded } from '../../src/db/embedded/start';
import { createLog } from '../../src/log';
import { makeHome, makeLongPath, removeHomes } from './data-directories';
import { endOwners, startOwner } from './start-owner';

const log = createLog('silent');
const root = process.getuid?.() === 0;
const asRoot = root ? test : test.skip;
/** Words that make a command run as an ordinary user, who owns the files of the user that runs the tests. */
const ordinary = root ? IN_NAMESPACE.prefix : [];
const asOrdinary = spawnSync('sh', ['-c', [...ordinary, 'true'].join(' ')]).status === 0 ? test : test.skip;

afterEach(endOwners);
afterAll(removeHomes);

describe('the embedded database starts', () => {
  test('in a home of mode 0700, and returns where its data is', async () => {
    const dataDir = path.join(await makeHome(), 'data');
    const database = await openDatabase({ dataDir, log });
    const { rows } = await database.knex.raw('show server_version_num');
    expect(Number(rows[0].server_version_num)).toBeGreaterThanOrEqual(180_000);
    expect(database.location).toBe(`embedded PostgreSQL, data in ${dataDir}/postgres`);
    await database.close();
  });

  test('not on the data of another major version, and says both versions and what to do', async () => {
    const dataDir = await makeHome();
    const server = await startEmbedded({ dataDir, fsync: false, log });
    await server.stop();
    const file = path.join(dataDir, 'postgres/cluster/PG_VERSION');
    await writeFile(file, '17\n');
    const started = startEmbedded({ dataDir, fsync: false, log });
    await expect(started).rejects.toMatchObject({ code: 'other_major_version' });
    await expect(started).rejects.toThrow(
      /made by PostgreSQL 17, and this bot brings PostgreSQL 18.*OPERATIONS\.md/,
    );
    // The directory is free again, and the data as it was.
    await writeFile(file, '18\n');
    const back = await startEmbedded({ dataDir, fsync: false, log });
    await back.stop();
  });

  asOrdinary('as an ordinary user', async () => {
    const owner = startOwner({ dataDir: await makeHome() }, { prefix: ordinary });
    expect((await owner.said('ready')).uid).not.toBe(0);
    owner.process.kill('SIGTERM');
    expect((await owner.ended).code).toBe(0);
  });

  asRoot('as root without user namespaces, and with them on the same data', async () => {
    const dataDir = await makeHome();
    const withNone = { identities: [{ prefix: ['false'], uid: 0 }, AS_NOBODY] };
    const first = await startEmbedded({ dataDir, fsync: false, log, system: withNone });
    await query(first.connectionString, 'create table kept as select 7 as n');
    await first.stop();

    const second = await startEmbedded({ dataDir, fsync: false, log });
    expect(await query(second.connectionString, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.stop();
  });

  test('where the links between its libraries are missing, by making them', async () => {
    const nativeDir = await unlinkedPackage();
    const server = await startEmbedded({
      dataDir: await makeHome(),
      fsync: false,
      log,
      system: { nativeDir },
    });
    await server.stop();
    expect(await readdir(path.join(nativeDir, 'lib'))).toContain('libicuuc.so.60');
  });

  asOrdinary('where the links are missing and it may not make them, from a copy', async () => {
    const nativeDir = await unlinkedPackage();
    await chmod(path.join(nativeDir, 'lib'), 0o555);
    const owner = startOwner({ dataDir: await makeHome(), system: { nativeDir } }, { prefix: ordinary });
    await owner.said('ready');
    owner.process.kill('SIGTERM');
    await owner.ended;
    expect(await readdir(path.join(nativeDir, 'lib'))).not.toContain('libicuuc.so.60');
  });

  asOrdinary('where it may not write beside its libraries and the links exist, without a copy', async () => {
    const nativeDir = await unlinkedPackage();
    expect(await prepareLibraries(nativeDir, await makeHome())).toBe(nativeDir);
    await chmod(path.join(nativeDir, 'lib'), 0o555);
    const dataDir = await makeHome();
    const owner = startOwner({ dataDir, system: { nativeDir } }, { prefix: ordinary });
    await owner.said('ready');
    owner.process.kill('SIGTERM');
    await owner.ended;
    expect(await readdir(path.join(dataDir, 'postgres'))).not.toContain('runtime');
  });

  test.each([
    {},
    { LC_ALL: 'C' },
    { LANG: 'en_US.UTF-8' },
    { LANG: 'zh_CN.GB18030', PGCLIENTENCODING: 'GBK' },
  ])('with UTF8 text when the environment is %j', async (env) => {
    const owner = startOwner({ dataDir: await makeHome() }, { env });
    expect((await owner.said('ready')).encoding).toBe('UTF8');
    owner.process.kill('SIGTERM');
    await owner.ended;
  });

  test('in a directory too deep for a socket', async () => {
    const dataDir = await makeLongPath();
    const server = await startEmbedded({ dataDir, fsync: false, log });
    expect(await query(server.connectionString, 'select 1 as n')).toEqual([{ n: 1 }]);
    await server.stop();
    // Nothing is left in it.
    await rmdir((await preparePaths(dataDir)).socketDir);
  });
});

describe('the embedded database refuses to start', () => {
  test('where other users may enter the directory of its socket', async () => {
    const dataDir = await makeLongPath();
    const { socketDir } = await preparePaths(dataDir);
    await mkdir(socketDir);
    await chmod(socketDir, 0o777);
    await expect(startEmbedded({ dataDir, fsync: false, log })).rejects.toMatchObject({
      code: 'directory_not_usable',
    });
    await rm(socketDir, { recursive: true });
  });

  test('where the data directory cannot be made', async () => {
    await expect(startEmbedded({ dataDir: '/dev/null', fsync: false, log })).rejects.toMatchObject({
      code: 'directory_not_usable',
      message: expect.stringContaining('DATA_DIR'),
    });
  });

  test.each([
    { platform: 'linux', arch: 'x64', libc: 'other' as const },
    { platform: 'win32', arch: 'x64', libc: 'glibc' as const },
    { platform: 'linux', arch: 's390x', libc: 'glibc' as const },
  ])('on a machine without binaries, %j, and says what to do', (machine) => {
    expect(() => findBinaries(machine)).toThrow(
      expect.objectContaining({
        code: 'unsupported_platform',
        message: expect.stringContaining('DATABASE_URL'),
      }),
    );
  });

  asRoot('where root can neither make a namespace nor change user', async () => {
    const system = {
      identities: [
        { prefix: ['false'], uid: 0 },
        { prefix: ['no-such-command'], uid: 0 },
      ],
    };
    await expect(
      startEmbedded({ dataDir: await makeHome(), fsync: false, log, system }),
    ).rejects.toMatchObject({
      code: 'server_not_started',
      message: expect.stringContaining('ordinary user'),
    });
  });

  test('where the cluster is damaged, and repeats what PostgreSQL wrote', async () => {
    const dataDir = await makeHome();
    const server = await startEmbedded({ dataDir, fsync: false, log });
    await server.stop();
    await rm(path.join(dataDir, 'postgres/cluster/global/pg_control'));
    await expect(startEmbedded({ dataDir, fsync: false, log })).rejects.toMatchObject({
      code: 'server_not_started',
      message: expect.stringContaining('pg_control'),
    });
  });
});

/** As `npm ci --ignore-scripts` leaves it: a copy of the platform package, without its links. */
async function unlinkedPackage(): Promise<string> {
  const native = path.join(await makeHome(), 'native');
  await cp(findBinaries(), native, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { target } of links) await rm(path.join(native, '..', target), { force: true });
  return native;
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}
