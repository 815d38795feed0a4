import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentKey } from '../../src/tenants/development-key';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sms-key-'));
});
afterEach(() => rm(home, { recursive: true }));

const at = (dataDir = 'data') => ({ dataDir: join(home, dataDir), keyDir: join(home, 'keys') });
const FORMER = 'development-encryption-key';
const formerKey = '9f'.repeat(32);
const withFormer = async () => {
  await mkdir(join(home, 'data'));
  await writeFile(join(home, 'data', FORMER), formerKey, { mode: 0o600 });
};

test('is created once, readable by its owner only, and not in the data directory', async () => {
  const keys = await Promise.all([developmentKey(at()), developmentKey(at()), developmentKey(at())]);
  const again = await developmentKey(at());
  for (const one of keys) expect(one).toEqual(again);
  expect(again.key).toHaveLength(32);
  expect(await readdir(join(home, 'keys'))).toHaveLength(1);
  expect((await stat(again.path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(home, 'keys'))).mode & 0o777).toBe(0o700);
  const data = await readdir(join(home, 'data'));
  for (const name of data) {
    expect(await readFile(join(home, 'data', name), 'utf8')).not.toContain(again.key.toString('hex'));
  }
});

test('each data directory has its own, and keeps it where it is moved or copied to', async () => {
  const { key } = await developmentKey(at('one'));
  expect((await developmentKey(at('two'))).key).not.toEqual(key);
  await rename(join(home, 'one'), join(home, 'moved'));
  await cp(join(home, 'moved'), join(home, 'copied'), { recursive: true });
  expect((await developmentKey(at('moved'))).key).toEqual(key);
  expect((await developmentKey(at('copied'))).key).toEqual(key);
});

test('that of the version before is moved, by whichever of several starts comes first', async () => {
  await withFormer();
  const keys = await Promise.all([developmentKey(at()), developmentKey(at()), developmentKey(at())]);
  for (const { key } of keys) expect(key.toString('hex')).toBe(formerKey);
  expect(await readdir(join(home, 'data'))).toEqual(['key-id']);
  expect((await developmentKey(at())).key.toString('hex')).toBe(formerKey);
});

test('where a start was killed between the copy and the removal, the next one removes', async () => {
  await withFormer();
  const { path } = await developmentKey(at());
  await writeFile(join(home, 'data', FORMER), formerKey);
  expect((await developmentKey(at())).path).toBe(path);
  expect(await readdir(join(home, 'data'))).toEqual(['key-id']);
});

test('where two different keys are there, nothing is changed and both are named', async () => {
  const { path } = await developmentKey(at());
  await writeFile(join(home, 'data', FORMER), formerKey);
  const before = await readFile(path, 'utf8');
  const started = developmentKey(at());
  await expect(started).rejects.toMatchObject({ code: 'two_keys' });
  await expect(started).rejects.toThrow(path);
  expect(await readFile(path, 'utf8')).toBe(before);
  expect(await readFile(join(home, 'data', FORMER), 'utf8')).toBe(formerKey);
});
