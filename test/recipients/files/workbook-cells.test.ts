import type { Row } from '../../../src/recipients/files/split-records';
import { readWorkbook } from '../../../src/recipients/files/workbook/read-workbook';
import { columnName, makeWorkbook, type TestWorkbookOptions } from '../../setup/make-workbook';
import { inPieces } from '../read-text';

async function rowsOf(rows: string, options: TestWorkbookOptions = {}, after = ''): Promise<Row[]> {
  const workbook = await readWorkbook(inPieces(makeWorkbook([{ name: 'S', rows, after }], options), 1000));
  const found: Row[] = [];
  for await (const block of workbook.rows(0)) found.push(...block.rows);
  workbook.close();
  return found;
}

/** The cells of one row with these `c` elements. */
const cellsOf = async (cells: string, options: TestWorkbookOptions = {}) =>
  (await rowsOf(`<row>${cells}</row>`, options))[0]?.cells;

const inline = (text: string) => `<c t="inlineStr"><is>${text}</is></c>`;

describe('a text in a cell', () => {
  it.each([
    ['of its own', inline('<t>Ann</t>'), 'Ann'],
    ['in CDATA', inline('<t><![CDATA[2025550123]]></t>'), '2025550123'],
    ['in runs', inline('<r><t>202-555</t></r><r><rPr><b/></rPr><t>-0123</t></r>'), '202-555-0123'],
    ['without its reading aid', inline('<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>'), '東京'],
    ['with blanks', inline('<t xml:space="preserve"> Ann </t>'), ' Ann '],
    ['with an entity and a comment', inline('<t>A&amp;<!-- x -->B</t>'), 'A&B'],
    ['with the escape of a line break', inline('<t>1_x000D_2_x005F_x000D_</t>'), '1\r2_x000D_'],
    ['with the escape of a NUL', inline('<t>1_x0000_2</t>'), '1\ufffd2'],
    ['of a formula', '<c t="str"><f>A1</f><v>+12025550123</v></c>', '+12025550123'],
    ['of an error', '<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['of a truth value', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['of a date in words', '<c t="d"><v>2024-12-01T00:00:00</v></c>', '2024-12-01T00:00:00'],
    ['with a prefix of names', '<x:c t="inlineStr"><x:is><x:t>Ann</x:t></x:is></x:c>', 'Ann'],
  ])('%s', async (_, cell, text) => {
    expect(await cellsOf(cell)).toEqual([text]);
  });

  it('may be shared', async () => {
    const strings = [
      '<t>Ann</t>',
      '<r><t>B</t></r><r><t>ob</t></r><rPh><t>x</t></rPh>',
      '<t/>',
      '<t>王五</t>',
    ];
    const cells = [3, 2, 1, 0].map((index) => `<c t="s"><v>${index}</v></c>`).join('');
    expect(await cellsOf(cells, { strings })).toEqual(['王五', '', 'Bob', 'Ann']);
  });

  it('is kept up to the character that shows that it is too long', async () => {
    const long = 'x'.repeat(50_000);
    const shared = `<c t="s"><v>0</v></c>${inline(`<t>${long}</t>`)}<c><v>${long}</v></c>`;
    const cells = await cellsOf(shared, { strings: [`<t>${long}</t>`] });
    expect(cells?.map((cell) => cell.length)).toEqual([8193, 8193, 8193]);
  });
});

describe('a number in a cell', () => {
  const OF_ITS_OWN = 'General';
  it.each([
    ['13800138000', OF_ITS_OWN, '13800138000'],
    ['1.3800138E10', OF_ITS_OWN, '13800138000'],
    ['1.3800138000E+10', OF_ITS_OWN, '13800138000'],
    ['13800138000.0', OF_ITS_OWN, '13800138000'],
    ['0612345678', OF_ITS_OWN, '0612345678'],
    ['8.6138001380001234E+18', OF_ITS_OWN, '8.6138001380001234E+18'],
    ['12.5', OF_ITS_OWN, '12.5'],
    ['0x1F', OF_ITS_OWN, '0x1F'],
    ['1E400', OF_ITS_OWN, '1E400'],
    ['612345678', '0000000000', '0612345678'],
    ['6.12345678E8', '0000000000', '0612345678'],
    ['13800138000', '0000000000', '13800138000'],
    ['612345678', '0#" "##" "##" "##" "##', '0612345678'],
    ['612345678', '0#\\ ##\\ ##\\ ##\\ ##', '0612345678'],
    ['2025550123', '[&lt;=9999999]###\\-####;\\(###\\)\\ ###\\-####', '2025550123'],
    ['33612345679', '"+"0', '+33612345679'],
    ['33612345679', '\\+0', '+33612345679'],
    ['33612345679', '+#', '+33612345679'],
    ['1713920012', '"+49 "0', '+491713920012'],
    ['1713920012', '"Tel. 1: "0', '1713920012'],
    ['1713920012', '"Tel. +"0', '+1713920012'],
    ['612345678', '0"5"00', '612345678'],
    ['-5', '+000', '-5'],
    ['2025550123', '#,##0', '2025550123'],
    ['2025550123', '0.00', '2025550123'],
    ['2025550123', '0%', '2025550123'],
    ['2025550123', '0.00E+00', '2025550123'],
    ['2025550123', '0" St."', '2025550123'],
    ['2025550123', '"yd;0"0', '2025550123'],
    ['2025550123', `${'0'.repeat(21)}`, '2025550123'],
    ['2025550123', `"${'x'.repeat(300)}"0000000000000`, '2025550123'],
    ['45627', 'yyyy\\-mm\\-dd', '2024-12-01'],
    ['45627.75', '[$-409]m/d/yy h:mm AM/PM;@', '2024-12-01'],
    ['45627', 'yyyy"年"m"月"d"日"', '2024-12-01'],
    ['45627', 'mm:ss.0', '2024-12-01'],
    ['0.5', '[h]:mm', '1899-12-30'],
    ['2958465', 'yyyy', '9999-12-31'],
    // A spreadsheet shows no date for these.
    ['91234567', 'yyyy', '91234567'],
    ['-1', 'yyyy', '-1'],
    ['n/a', 'yyyy', 'n/a'],
  ])('%s with the format %s is %s', async (stored, format, text) => {
    const code = format.replaceAll('"', '&quot;');
    expect(await cellsOf(`<c s="1"><v>${stored}</v></c>`, { formats: [code] })).toEqual([text]);
  });

  it.each([
    [0, '45627'],
    [1, '45627'],
    [13, '45627'],
    [14, '2024-12-01'],
    [22, '2024-12-01'],
    [27, '2024-12-01'],
    [36, '2024-12-01'],
    [37, '45627'],
    [45, '2024-12-01'],
    [49, '45627'],
    [50, '2024-12-01'],
    [58, '2024-12-01'],
  ])('with the built-in format %d is %s', async (id, text) => {
    expect(await cellsOf('<c s="1"><v>45627</v></c>', { formatIds: [id] })).toEqual([text]);
  });

  it('has no format where its style is not there, or the workbook has none', async () => {
    expect(await cellsOf('<c s="7"><v>45627</v></c>')).toEqual(['45627']);
    const noRelations =
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>';
    const parts = { 'xl/styles.xml': null, 'xl/_rels/workbook.xml.rels': noRelations };
    expect(await cellsOf('<c s="1"><v>45627</v></c>', { parts })).toEqual(['45627']);
  });
});

describe('a row', () => {
  const plain = inline('<t>x</t>');

  it('has the line that the spreadsheet shows, and is left out where it is blank', async () => {
    const rows = `<row r="2">${plain}</row><row>${plain}</row><row r="7"/><row r="8">${inline('<t> </t>')}</row><row r="9">${plain}</row>`;
    expect((await rowsOf(rows)).map(({ line }) => line)).toEqual([2, 3, 9]);
  });

  it('has its cells where their references say', async () => {
    expect(await cellsOf('<c r="B1"><v>1</v></c><c><v>2</v></c><c r="f1"><v>3</v></c>')).toEqual([
      ...['', '1', '2'],
      ...['', '', '3'],
    ]);
  });

  it('has 500 cells at most', async () => {
    const cells = Array.from({ length: 17_000 }, (_, i) => `<c r="${columnName(i)}1"><v>${i}</v></c>`);
    const found = await cellsOf(cells.join(''));
    expect(found).toHaveLength(500);
    expect(found?.at(-1)).toBe('499');
  });

  it.each([
    ['hidden="1"', true],
    ['hidden="true"', true],
    ['ht="0" customHeight="1"', true],
    ['hidden="1" outlineLevel="1"', true],
    ['hidden="0" ht="15"', undefined],
    ['collapsed="1"', undefined],
  ])('with %s is hidden: %s', async (attributes, hidden) => {
    expect((await rowsOf(`<row ${attributes}>${plain}</row>`))[0]?.hidden).toBe(hidden);
  });

  it('says which of its cells are results of formulas', async () => {
    const formula = '<c><f>A1+1</f><v>2025550123</v></c>';
    expect(await rowsOf(`<row>${plain}${formula}</row><row>${plain}</row>`)).toEqual([
      { line: 1, cells: ['x', '2025550123'], malformed: false, formulaColumns: [1] },
      { line: 2, cells: ['x'], malformed: false },
    ]);
  });

  it('is not blank where a formula was never calculated, and is where its result is blank', async () => {
    const rows = '<row><c><f>B1</f></c></row><row><c t="str"><f>B2</f><v></v></c></row>';
    expect((await rowsOf(rows)).map(({ line, cells }) => [line, cells])).toEqual([[1, ['#N/A']]]);
  });

  it('is only what is in the data of the sheet', async () => {
    const after =
      '<row r="1"><c><v>1</v></c></row><controls><xdr:row>3</xdr:row></controls><extLst><xm:f>A1</xm:f></extLst>';
    const formula = '<c><f>A1</f><v>1</v></c>';
    expect(await rowsOf(`<row>${formula}${plain}</row>`, {}, after)).toEqual([
      { line: 1, cells: ['1', 'x'], malformed: false, formulaColumns: [0] },
    ]);
  });
});
