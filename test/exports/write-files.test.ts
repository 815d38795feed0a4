import { gunzipSync } from 'node:zlib';
import type { Knex } from 'knex';
import { type ExportFile, findExportFiles, readPieces } from '../../src/batches/exporting/export-files.sql';
import { writeFiles } from '../../src/exports/write-files';
import { createTestApp, type TestApp } from '../setup/app-context';

const MIB = 1024 * 1024;
const HEAD = 'head\r\n';

let testApp: TestApp;
let db: Knex;
beforeAll(async () => {
  testApp = await createTestApp();
  db = testApp.app.db;
});
afterAll(() => testApp.close());

async function* blocks(...lines: string[][]) {
  yield* lines;
}
const write = (key: string, lines: AsyncIterable<string[]>, limits?: { bytes: number; lines: number }) =>
  writeFiles(db, { tenantId: testApp.tenantId, key }, { headLine: HEAD, blocks: lines }, limits);

async function contentOf(file: ExportFile): Promise<string> {
  const pieces = [];
  for await (const piece of readPieces(db, file)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
async function sizes(file: ExportFile | undefined): Promise<number[]> {
  const pieces = await db('export_piece').where({ file_id: file?.id }).orderBy('ordinal').select('data');
  return pieces.map(({ data }) => gunzipSync(data).length);
}

it('are split at the limits, each with its head', async () => {
  const limits = { bytes: 1_000, lines: 2 };
  const files = await write('split', blocks(['1\r\n', '2\r\n'], ['3\r\n']), limits);
  expect(await Promise.all(files.map(contentOf))).toEqual([
    '\ufeffhead\r\n1\r\n2\r\n',
    '\ufeffhead\r\n3\r\n',
  ]);
  expect(files.map(({ index, lines }) => [index, lines])).toEqual([
    [0, 2],
    [1, 1],
  ]);
  const small = { bytes: 12, lines: 100 };
  expect(await write('small', blocks(['1\r\n'], ['2\r\n']), small)).toHaveLength(2);
});

it('are stored in pieces of 1 MiB, which are the file again', async () => {
  // Blocks that are larger than a piece, and smaller, and letters of three bytes that a piece cuts.
  const lines = [['界'.repeat(MIB)], ['x'.repeat(MIB / 2)], ['y']];
  const [file] = await write('pieces', blocks(...lines));
  const whole = `\ufeff${HEAD}${lines.flat().join('')}`;
  const bytes = Buffer.byteLength(whole);
  expect(file?.bytes).toBe(bytes);
  expect(await sizes(file)).toEqual([MIB, MIB, MIB, bytes - 3 * MIB]);
  expect((await contentOf(file as ExportFile)) === whole).toBe(true);
});

it('cannot be found before the last is whole; the next try begins anew and doubles nothing', async () => {
  async function* cutShort() {
    yield ['a'.repeat(2 * MIB)];
    yield ['b'.repeat(2 * MIB)];
    throw new Error('killed');
  }
  const limits = { bytes: 3 * MIB, lines: 100 };
  const begun = await db('export_piece').pluck('file_id');
  await expect(write('killed', cutShort(), limits)).rejects.toThrow('killed');
  expect(await db('export_piece').whereNotIn('file_id', begun)).not.toEqual([]);
  expect(await findExportFiles(db, 'killed')).toEqual([]);
  const files = await write('killed', blocks(['1\r\n'], ['2\r\n']), limits);
  expect(await findExportFiles(db, 'killed')).toEqual(files);
  expect(await Promise.all(files.map(contentOf))).toEqual([`\ufeff${HEAD}1\r\n2\r\n`]);
  expect(await sizes(files[0])).toHaveLength(1);
});

it('are not found when a crash of the database has emptied the table of pieces', async () => {
  const [file] = await write('crash', blocks(['1\r\n']));
  await db('export_piece').where({ file_id: file?.id }).delete();
  expect(await findExportFiles(db, 'crash')).toEqual([]);
  await expect(contentOf(file as ExportFile)).rejects.toThrow('A piece of an export is missing.');
  const files = await write('crash', blocks(['2\r\n']));
  expect(await findExportFiles(db, 'crash')).toEqual(files);
  expect(await Promise.all(files.map(contentOf))).toEqual([`\ufeff${HEAD}2\r\n`]);
});

it('of two at once under one key are not mixed: both get the files of the one that was whole first', async () => {
  const limits = { bytes: 2 * MIB, lines: 100 };
  let goOn = () => {};
  const isFirstWhole = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function* slow() {
    for (const letter of ['a', 'b']) yield [letter.repeat(MIB)];
    await isFirstWhole;
    for (const letter of ['c', 'd']) yield [letter.repeat(MIB)];
  }
  const second = write('twice', slow(), limits);
  const first = await write('twice', blocks(['x'.repeat(MIB)], ['y'.repeat(MIB)]), limits);
  goOn();
  expect(await second).toEqual(first);
  expect(await findExportFiles(db, 'twice')).toEqual(first);
  const contents = ['x', 'y'].map((letter) => `\ufeff${HEAD}${letter.repeat(MIB)}`);
  expect((await Promise.all(first.map(contentOf))).join() === contents.join()).toBe(true);
});

it('of two that end at the same moment are not mixed either', async () => {
  const tries = ['a', 'b', 'c', 'd'].map((letter) =>
    write('moment', blocks([letter], [letter]), { bytes: MIB, lines: 1 }),
  );
  const [made, ...others] = await Promise.all(tries);
  for (const other of others) expect(other).toEqual(made);
  const contents = await Promise.all((made ?? []).map(contentOf));
  expect(contents).toHaveLength(2);
  expect(new Set(contents).size).toBe(1);
});
