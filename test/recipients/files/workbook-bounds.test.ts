import fc from 'fast-check';
import type { Row } from '../../../src/recipients/files/split-records';
import { UnreadableSourceError } from '../../../src/recipients/files/unreadable-source';
import { openZip } from '../../../src/recipients/files/workbook/open-zip';
import { readWorkbook } from '../../../src/recipients/files/workbook/read-workbook';
import { makeWorkbook, makeZip, textRows, workbookParts } from '../../setup/make-workbook';
import { inPieces } from '../read-text';

const MIB = 1024 * 1024;
const list = [['phone'], ['2025550123'], ['2025550124']];

/** The rows of the first sheet, or the code of the reason why there are none. */
async function outcomeOf(bytes: Buffer): Promise<Row[] | string> {
  try {
    const workbook = await readWorkbook(inPieces(bytes, 64 * 1024));
    const rows: Row[] = [];
    for await (const block of workbook.rows(workbook.sheets[0]?.index ?? 0)) rows.push(...block.rows);
    workbook.close();
    return rows;
  } catch (error) {
    if (error instanceof UnreadableSourceError) return error.code;
    throw error;
  }
}

const withPart = (name: string, content: string | Buffer | null) =>
  makeWorkbook([{ name: 'S', rows: textRows(list) }], { parts: { [name]: content } });
const withRows = (rows: string) => makeWorkbook([{ name: 'S', rows }]);
const documentOf = (path: string) =>
  `<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="${path}"/></Relationships>`;
const nested = (depth: number) => '<x>'.repeat(depth) + '</x>'.repeat(depth);

describe('a zip of something else is a spreadsheet of another kind', () => {
  it.each<[string, Record<string, string>]>([
    ['OpenDocument', { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }],
    ['Numbers', { 'Index/Document.iwa': '', 'Metadata/Properties.plist': '' }],
    ['a text document', { '_rels/.rels': documentOf('word/document.xml'), 'word/document.xml': '<x/>' }],
    ['xlsb', { '_rels/.rels': documentOf('xl/workbook.bin'), 'xl/workbook.bin': '' }],
    ['any files', { 'list.csv': 'phone' }],
    ['nothing', {}],
  ])('%s', async (_, files) => {
    expect(await outcomeOf(makeZip(files))).toBe('spreadsheet');
  });
});

describe('a damaged workbook gives no rows', () => {
  const whole = makeWorkbook([{ name: 'S', rows: textRows(list) }]);
  const noRelation = '<workbook><sheets><sheet name="S"/></sheets></workbook>';
  it.each([
    ['cut off', whole.subarray(0, whole.length - 30)],
    ['encrypted', makeZip(workbookParts([{ name: 'S', rows: '' }]), { flags: 1 })],
    ['with broken XML', withPart('xl/workbook.xml', '<workbook><sheets>')],
    ['with a document type', withPart('xl/workbook.xml', '<!DOCTYPE x><workbook/>')],
    ['with an entity of its own', withRows('<row><c><v>&x;</v></c></row>')],
    ['with XML that is too deep', withPart('xl/styles.xml', nested(65))],
    ['without the sheet that it names', withPart('xl/worksheets/sheet1.xml', null)],
    ['without the strings that it names', withPart('xl/sharedStrings.xml', null)],
    ['with a sheet that leads nowhere', withPart('xl/workbook.xml', noRelation)],
    ['with a string that is not there', withRows('<row><c t="s"><v>5</v></c></row>')],
    ['with a string of no number', withRows('<row><c t="s"><v>x</v></c></row>')],
    ['with rows out of order', withRows('<row r="3"/><row r="2"/>')],
    ['with a row twice', withRows('<row r="3"/><row r="3"/>')],
    ['with a row of no number', withRows('<row r="x"/>')],
    ['with a row beyond all numbers', withRows('<row r="2147483648"/>')],
    ['with cells out of order', withRows('<row><c r="B1"/><c r="A1"/></row>')],
    ['with a cell of no column', withRows('<row><c r="1"/></row>')],
    ['with too much between two tags', withRows(`<row><c><v>${'1'.repeat(2 * MIB)}</v></c></row>`)],
    ['with too much in a tag', withRows(`<row><c x="${'1'.repeat(2 * MIB)}"/></row>`)],
  ])('%s', async (_, bytes) => {
    expect(await outcomeOf(bytes)).toBe('damaged_workbook');
  });

  it('not where it is only as deep as allowed', async () => {
    expect(await outcomeOf(withPart('xl/styles.xml', nested(64)))).toHaveLength(3);
  });

  it('whatever byte of it is changed, packed or not: the same rows or none', async () => {
    const strings = ['<t>2025550123</t>', '<t>2025550124</t>'];
    const rows = '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c><c s="1"><v>5</v></c></row>';
    const parts = workbookParts([{ name: 'S', rows }], { strings, formats: ['000'] });
    for (const isStored of [true, false]) {
      const bytes = makeZip(parts, { isStored });
      const expected = await outcomeOf(bytes);
      expect(expected).toHaveLength(2);
      const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
      await fc.assert(
        fc.asyncProperty(change, async ([at, bits]) => {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at] as number) ^ bits;
          const outcome = await outcomeOf(changed);
          if (typeof outcome !== 'string') expect(outcome).toEqual(expected);
        }),
        { numRuns: 300 },
      );
    }
  });
});

describe('a workbook that is too large', () => {
  it.each([
    ['by its entries', makeZip(Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`${i}`, ''])))],
    [
      'by one entry, a thousand times as large as the file',
      withPart('xl/styles.xml', Buffer.alloc(201 * MIB)),
    ],
    ['by its formats', withPart('xl/styles.xml', `<x><cellXfs>${'<xf/>'.repeat(65_537)}</cellXfs></x>`)],
    ['by its sheets', withPart('xl/workbook.xml', `<x>${'<sheet/>'.repeat(1_001)}</x>`)],
    ['by its parts', withPart('_rels/.rels', `<x>${'<Relationship/>'.repeat(1_001)}</x>`)],
  ])('is refused: %s', async (_, bytes) => {
    expect(await outcomeOf(bytes)).toBe('workbook_too_large');
  });

  it('is refused by all that is unpacked, where the same entry counts once', async () => {
    const zip = await openZip(makeZip({ a: Buffer.alloc(120 * MIB), b: Buffer.alloc(100 * MIB) }));
    expect(await drain(await zip.open('a'))).toBe(120 * MIB);
    expect(await drain(await zip.open('A'))).toBe(120 * MIB);
    await expect(drain(await zip.open('b'))).rejects.toMatchObject({ code: 'workbook_too_large' });
  });

  it('is refused before it is in memory', async () => {
    let sent = 0;
    const endless = (async function* () {
      for (; ; sent += 1) yield Buffer.alloc(MIB);
    })();
    await expect(readWorkbook(endless)).rejects.toMatchObject({ code: 'workbook_too_large' });
    expect(sent).toBe(100);
  });

  it('has no entry that unpacks to more than the zip says', async () => {
    const bytes = makeZip({ a: Buffer.alloc(10 * MIB) });
    bytes.writeUInt32LE(5, bytes.length - 22 - 1 - 46 + 24);
    const zip = await openZip(bytes);
    await expect(drain(await zip.open('a'))).rejects.toMatchObject({ code: 'damaged_workbook' });
  });
});

async function drain(pieces: AsyncIterable<Buffer> | null): Promise<number> {
  let length = 0;
  for await (const piece of pieces ?? []) length += piece.length;
  return length;
}
