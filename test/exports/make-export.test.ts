import { randomUUID } from 'node:crypto';
import { parse } from 'papaparse';
import type { AppContext } from '../../src/batches/app-context';
import { startBatch } from '../../src/batches/control/start-batch';
import { type ExportFile, readPieces } from '../../src/batches/exporting/export-files.sql';
import { createBatch } from '../../src/batches/importing/create-batch';
import { importRecipients } from '../../src/batches/importing/import-recipients';
import { sweep } from '../../src/batches/sweeping/sweep';
import { getReview } from '../../src/batches/views/get-review';
import { makeExport } from '../../src/exports/make-export';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';
import { otherProcess } from './other-process';

/** Several blocks of the database's copy. With the long notes, each is about a piece of 1 MiB. */
const ROWS = 8_000;
const NOTE = 'n'.repeat(1_000);
const LIST = ['phone,note', ...mobiles(ROWS).map((number) => `${number},${NOTE}`)].join('\n');

/** The list comes from somewhere that is not Slack. */
let testApp: TestApp;
let app: AppContext;
let batchId: string;
let timesRead: number;
beforeEach(async () => {
  testApp = await createTestApp();
  app = testApp.app;
  app.sources.elsewhere = async function* () {
    timesRead += 1;
    yield Buffer.from(LIST);
  };
  const file = {
    kind: 'file',
    origin: 'elsewhere',
    ref: '1',
    name: 'list.csv',
    sizeBytes: LIST.length,
  } as const;
  const draft = { accountId: null, submitKey: '1', content: 'Hello', senderId: null, defaultCountry: 'CN' };
  ({ batchId } = await createBatch(app, testApp.actor, { ...draft, sources: [file] }));
  await importRecipients(app, batchId);
  const version = (await getReview(app, testApp.actor, batchId))?.version ?? 0;
  await startBatch(app, testApp.actor, { batchId, version });
  timesRead = 0;
});
afterEach(() => testApp.close());

/** With the same `id`, a try of the same request. */
const make = (by = app, id = '1') => {
  const { tenantId, userId } = testApp;
  return makeExport(by, { id, tenantId, userId, batchId, part: 'recipients' });
};
async function linesOf(files: ExportFile[], by = app): Promise<string[][]> {
  const pieces = [];
  for (const file of files) for await (const piece of readPieces(by.db, file)) pieces.push(piece);
  return parse<string[]>(Buffer.concat(pieces).toString(), { skipEmptyLines: true }).data.slice(1);
}
const isWhole = (lines: string[][]) => {
  expect(lines.map(([line]) => Number(line))).toEqual(Array.from({ length: ROWS }, (_, at) => at + 2));
  expect(lines.every((line) => line.at(-1) === NOTE)).toBe(true);
};
const stored = async () => ({
  files: await app.db('export_file').pluck('file_index'),
  pieces: await app.db('export_piece').pluck('ordinal'),
});
/** As if everything had been made that long ago. */
async function age(hours: number): Promise<void> {
  const ago = app.db.raw(`now() - ? * interval '1 hour'`, [hours]);
  await app.db('export_file').update({ made_at: ago });
  await app.db('export_piece').update({ written_at: ago });
}

it('is made once: a later try finds it and reads nothing again', async () => {
  const files = await make();
  expect((await stored()).pieces.length).toBeGreaterThan(2);
  isWhole(await linesOf(files));
  const read = timesRead;
  expect(await make()).toEqual(files);
  expect(timesRead).toBe(read);
});

it('is found by another process than the one that made it', async () => {
  const made = await make();
  const other = await otherProcess(app);
  try {
    other.app.sources.elsewhere = () => {
      throw new Error('It is made already.');
    };
    const found = await make(other.app);
    expect(found).toEqual(made);
    isWhole(await linesOf(found, other.app));
  } finally {
    await other.close();
  }
});

it('of a try that was killed is begun anew, by another process too, and no line is there twice', async () => {
  const read = app.sources.elsewhere as NonNullable<AppContext['sources'][string]>;
  app.sources.elsewhere = async function* (at) {
    if (timesRead === 0) return yield* read(at);
    // The names of the columns are read; now come the rows.
    const bytes = Buffer.from(LIST);
    for (let start = 0; start < bytes.length * 0.8; start += 65_536)
      yield bytes.subarray(start, start + 65_536);
    throw new Error('killed');
  };
  await expect(make()).rejects.toThrow('killed');
  const { files: found, pieces } = await stored();
  expect(found).toEqual([]);
  expect(pieces).not.toEqual([]);
  const other = await otherProcess(app);
  try {
    other.app.sources.elsewhere = read;
    const files = await make(other.app);
    expect(files).toHaveLength(1);
    isWhole(await linesOf(files));
  } finally {
    await other.close();
  }
});

it('is there for 24 hours; then the sweep deletes the file and its pieces', async () => {
  const files = await make();
  await age(23);
  await sweep(app);
  isWhole(await linesOf(files));
  await age(25);
  await sweep(app);
  expect(await stored()).toEqual({ files: [], pieces: [] });
  isWhole(await linesOf(await make()));
});

it('that was never whole is swept as well', async () => {
  await app.db('export_piece').insert({ file_id: randomUUID(), ordinal: 0, data: Buffer.from('x') });
  await sweep(app);
  expect(await stored()).toEqual({ files: [], pieces: [0] });
  await age(2);
  await sweep(app);
  expect(await stored()).toEqual({ files: [], pieces: [] });
});

it('is made anew for another request, in the language of now and with the outcomes of now', async () => {
  const [first] = await linesOf(await make());
  expect(first?.[3]).toBe('Waiting');
  await app.db('sms_batch_buka_detail').update({ status: 'delivered' });
  await app.db('app_user').where({ id: testApp.userId }).update({ locale: 'zh-CN' });
  const [later] = await linesOf(await make(app, '2'));
  expect(later?.[3]).toBe('已送达');
  const [same] = await linesOf(await make());
  expect(same).toEqual(first);
});

it('of two tries at once is whole, and the same for both', async () => {
  const read = app.sources.elsewhere as NonNullable<AppContext['sources'][string]>;
  const other = await otherProcess(app);
  let goOn = () => {};
  const isOtherDone = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let isHalf = () => {};
  const half = new Promise<void>((resolve) => {
    isHalf = resolve;
  });
  app.sources.elsewhere = async function* (at) {
    if (timesRead === 0) return yield* read(at);
    // The names of the columns are read; now come the rows.
    const bytes = Buffer.from(LIST);
    const middle = Math.floor(bytes.length * 0.6);
    for (let start = 0; start < middle; start += 65_536) {
      yield bytes.subarray(start, Math.min(start + 65_536, middle));
    }
    isHalf();
    await isOtherDone;
    yield bytes.subarray(middle);
  };
  other.app.sources.elsewhere = read;
  try {
    const slow = make();
    await half;
    const quick = await make(other.app);
    isWhole(await linesOf(quick));
    goOn();
    expect(await slow).toEqual(quick);
    isWhole(await linesOf(await slow));
    expect((await stored()).files).toEqual([0]);
  } finally {
    await other.close();
  }
});
