import { parse } from 'papaparse';
import type { AppContext } from '../../src/batches/app-context';
import { type ExportFile, readPieces } from '../../src/batches/exporting/export-files.sql';
import type { ExportSource } from '../../src/batches/exporting/open-export';
import { createBatch } from '../../src/batches/importing/create-batch';
import { importRecipients } from '../../src/batches/importing/import-recipients';
import { leftOutTable } from '../../src/exports/export-lines';
import { makeExport } from '../../src/exports/make-export';
import { FILE_LIMITS, writeFiles } from '../../src/exports/write-files';
import type { RejectedRow } from '../../src/recipients/recipient';
import { en } from '../../src/words/en';
import { createTestApp, type TestApp } from '../setup/app-context';

const ROWS = process.env.FAULTS === 'full' ? 3_000 : 300;
const OLD_COLUMNS = 60_000;

let testApp: TestApp;
let app: AppContext;
let list: string;
let listed = 0;
beforeAll(async () => {
  testApp = await createTestApp();
  app = testApp.app;
  app.sources.elsewhere = async function* () {
    for (let at = 0; at < list.length; at += 65_536) yield Buffer.from(list.slice(at, at + 65_536));
  };
});
afterAll(() => testApp.close());

/** The batch's id, once its list is read. */
async function importList(text: string): Promise<string> {
  list = text;
  listed += 1;
  const file = { kind: 'file', origin: 'elsewhere', ref: '1', name: 'list.csv', sizeBytes: 1 } as const;
  const draft = { accountId: null, content: 'Hello', senderId: null, defaultCountry: 'US' };
  const submitKey = `wide-${listed}`;
  const { batchId } = await createBatch(app, testApp.actor, { ...draft, submitKey, sources: [file] });
  await importRecipients(app, batchId);
  return batchId;
}

async function exportLeftOut(batchId: string): Promise<{ text: string; rows: string[][] }> {
  const { tenantId, userId } = testApp;
  const files = await makeExport(app, { id: batchId, tenantId, userId, batchId, part: 'left_out' });
  return readFiles(files);
}

async function readFiles(files: ExportFile[]): Promise<{ text: string; rows: string[][] }> {
  const pieces = [];
  for (const file of files) for await (const piece of readPieces(app.db, file)) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  return { text, rows: parse<string[]>(text.slice(1), { skipEmptyLines: true }).data };
}

it('a list of 60,000 columns, read before there was a bound, is exported with 500 of them, and says so', async () => {
  const rows = Array.from({ length: ROWS }, (_, i) => `Name ${i},12`);
  const batchId = await importList(`name,phone\n${rows.join('\n')}\n`);
  // As a version without the bound has read and stored it.
  const names = ['name', 'phone', ...Array.from({ length: OLD_COLUMNS - 2 }, (_, i) => `c${i}`)];
  list = `name,phone${','.repeat(OLD_COLUMNS - 2)}\n${rows.join('\n')}\n`;
  const reading = app.db.raw(`jsonb_set(reading, '{layout,names}', ?::jsonb)`, [JSON.stringify(names)]);
  expect(await app.db('sms_batch_source').where({ batch_id: batchId }).update({ reading })).toBe(1);

  const { text, rows: exported } = await exportLeftOut(batchId);
  const [head = [], first = []] = exported;
  expect(exported).toHaveLength(ROWS + 1);
  expect(head).toHaveLength(4 + 500 + 1);
  expect(head.at(-1)).toBe('… and 59,500 more columns: see your list');
  expect(first.slice(4, 6)).toEqual(['Name 0', '12']);
  // What a row costs is a separator for each column of the head.
  expect(text.length).toBeLessThan((ROWS + 20) * 700);
});

it('16,384 columns of which three have a name are three', async () => {
  const commas = ','.repeat(16_382);
  const batchId = await importList(`name,phone,note${commas}\nLi,12,x${commas}\nWu,2025550124,y${commas}\n`);
  const { rows } = await exportLeftOut(batchId);
  expect(rows[0]?.slice(4)).toEqual(['name', 'phone', 'note']);
  expect(rows[1]?.slice(4)).toEqual(['Li', '12', 'x']);
});

it('the columns of all files together are no more than those of one', async () => {
  const head = Array.from({ length: 400 }, (_, i) => `a${i}`).join(',');
  const batchId = await importList(`phone,${head}\n12,x\n2025550123,x\n`);
  const [source] = await app.db('sms_batch_source').where({ batch_id: batchId });
  const names = ['phone', ...Array.from({ length: 400 }, (_, i) => `b${i}`)];
  const { layout } = source.reading;
  const reading = JSON.stringify({ ...source.reading, layout: { ...layout, names } });
  await app.db('sms_batch_source').insert({ ...source, ordinal: 1, reading });
  const { rows } = await exportLeftOut(batchId);
  expect(rows[0]).toHaveLength(4 + 500 + 1);
  expect(rows[0]?.at(-1)).toBe('… and 301 more columns: see your list');
});

it('thousands of entries of one long row go on piece by piece', async () => {
  const row: RejectedRow = { source: 0, line: 1, raw: 'x', reason: { code: 'no_number' } };
  const longest = 'x'.repeat(8_192);
  const source = {
    sourceNames: ['list.csv'],
    originals: {
      names: ['a'],
      moreColumns: 0,
      missingFiles: [],
      cellsAt: async (rows: unknown[]) => rows.map(() => [longest]),
      close: async () => {},
    },
    rejected: async function* () {
      yield Array.from({ length: 2_000 }, () => row);
    },
  } as unknown as ExportSource;
  let lines = 0;
  for await (const block of leftOutTable({ words: en, timeZone: 'UTC' }, source).blocks) {
    lines += block.length;
    expect(block.join('').length).toBeLessThan(1024 * 1024 + 10_000);
  }
  expect(lines).toBe(2_000);
});

it('an export that grows beyond its bound ends with a line that says so', async () => {
  let taken = 0;
  async function* endless() {
    for (; ; taken += 1) yield [`${taken}\r\n`];
  }
  const table = { headLine: 'head\r\n', blocks: endless(), endLine: 'It ends here.\r\n' };
  const limits = { ...FILE_LIMITS, allBytes: 300 };
  const files = await writeFiles(app.db, { tenantId: testApp.tenantId, key: 'endless' }, table, limits);
  const { text } = await readFiles(files);
  expect(text.endsWith('\r\nIt ends here.\r\n')).toBe(true);
  expect(text.length).toBeLessThan(350);
  expect(taken).toBeLessThan(100);
  expect(en.exports.endsHere(1024)).toContain('1,024 MB at most');
});
