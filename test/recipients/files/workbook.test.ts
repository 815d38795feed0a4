import { readWorkbook } from '../../../src/recipients/files/workbook/read-workbook';
import { makeWorkbook, makeZip, textRows } from '../../setup/make-workbook';
import { byLine, inPieces, read } from '../read-text';

const US = { defaultCountry: 'US' as const };

describe('a workbook', () => {
  it('is read by the stored values of its cells, with the lines of the spreadsheet', async () => {
    const rows = [
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
      '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>2025550123</v></c></row>',
      '<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4"><v>2.025550124E9</v></c></row>',
      '<row r="5"><c r="B5"><v>2025550125.0</v></c></row>',
      '<row r="6"><c r="B6" t="inlineStr"><is><r><t>202-555-</t></r><r><t>0126</t></r></is></c></row>',
      '<row r="7"><c r="B7" t="str"><f>A7</f><v>2025550127</v></c></row>',
      '<row r="8"><c r="A8" t="s"><v>2</v></c><c r="B8" t="e"><v>#N/A</v></c></row>',
    ];
    const strings = [
      '<t>Name</t>',
      '<r><t>Pho</t></r><r><t>ne</t></r><rPh><t>x</t></rPh>',
      '<t xml:space="preserve"> Ann </t>',
    ];
    const outcome = await read(makeWorkbook([{ name: 'People', rows: rows.join('') }], { strings }), US);
    expect(outcome.layout).toMatchObject({
      sheet: { index: 0, name: 'People' },
      encoding: null,
      names: ['Name', 'Phone'],
      phoneColumn: 1,
    });
    expect(byLine(outcome)).toEqual({
      2: '+12025550123',
      4: '+12025550124',
      5: '+12025550125',
      6: '+12025550126',
      7: '+12025550127',
      8: 'not_a_phone_number',
    });
    expect(outcome.findings).toMatchObject({ formulas: 1, entries: 6, rows: 7, headings: 1 });
  });

  it('keeps leading zeros and the + that a format shows, and takes no date for a number', async () => {
    const rows = [
      '<row><c t="inlineStr"><is><t>since</t></is></c><c t="inlineStr"><is><t>phone</t></is></c></row>',
      '<row><c s="3"><v>45627</v></c><c s="1"><v>612345678</v></c></row>',
      '<row><c s="3"><v>45628</v></c><c s="2"><v>33612345679</v></c></row>',
    ];
    const formats = ['0000000000', '&quot;+&quot;00000000000', 'yyyy\\-mm\\-dd'];
    const file = makeWorkbook([{ name: 'S', rows: rows.join('') }], { formats });
    const outcome = await read(file, { defaultCountry: 'DE' });
    expect(outcome.rejected[0]?.raw).toBe('0612345678');
    expect(byLine(outcome)[3]).toBe('+33612345679');
    expect(outcome.layout?.columns[0]?.samples).toEqual(['2024-12-01', '2024-12-02']);
  });

  it('leaves hidden rows out, and includes them when a person says so', async () => {
    const cell = (number: string) => `<c t="inlineStr"><is><t>${number}</t></is></c>`;
    const rows = `<row>${cell('phone')}</row><row hidden="1">${cell('2025550123')}</row><row>${cell('2025550124')}</row>`;
    const file = makeWorkbook([{ name: 'S', rows }]);
    const outcome = await read(file, US);
    expect(byLine(outcome)).toEqual({ 2: 'hidden_row', 3: '+12025550124' });
    expect(outcome.findings?.hiddenRows).toBe(1);
    const all = await read(file, { ...US, choice: { includeHidden: true } });
    expect(byLine(all)).toEqual({ 2: '+12025550123', 3: '+12025550124' });
  });

  it('asks for the sheet where several have numbers, and ignores hidden ones', async () => {
    const sheet = (name: string, number: string) => ({ name, rows: textRows([['phone'], [number]]) });
    const file = makeWorkbook([
      sheet('May', '2025550123'),
      { ...sheet('Old', '2025550199'), state: 'hidden' },
      { name: 'Notes', rows: textRows([['nothing here']]) },
      sheet('June', '2025550124'),
    ]);
    const { end } = await read(file, US);
    const offered = end?.kind === 'column_in_doubt' ? end.columns.map(({ sheet: own }) => own) : [];
    expect(offered).toEqual([
      { index: 0, name: 'May' },
      { index: 3, name: 'June' },
    ]);
    const june = await read(file, { ...US, choice: { sheet: 3, phoneColumn: 0 } });
    expect(june.accepted.map(({ number }) => number)).toEqual(['+12025550124']);
    expect(june.layout?.columns.map((column) => column.sheet?.name)).toEqual(['June', 'May']);
  });

  it('is read though another of its sheets is blank or a chart', async () => {
    const rows = textRows([['phone'], ['2025550123']]);
    const sheets = [
      { name: 'S', rows },
      { name: 'Sheet2', rows: '' },
      { name: 'Chart', rows, kind: 'chartsheet' as const },
    ];
    const outcome = await read(makeWorkbook(sheets), US);
    expect(byLine(outcome)).toEqual({ 2: '+12025550123' });
    expect(outcome.layout?.columns).toHaveLength(1);
  });

  it('reads rows whose last cells are blank, or which go on behind the header', async () => {
    const rows = [
      ['name', 'phone', 'order'],
      ['Ann', '2025550123', '5125550100'],
      ['Bob', '2025550124'],
      ['Cid', '2025550125', '5125550101', '5125550199'],
      ['Dan'],
    ];
    const file = makeWorkbook([{ name: 'S', rows: textRows(rows) }]);
    const outcome = await read(file, { ...US, choice: { phoneColumn: 1 } });
    expect(byLine(outcome)).toEqual({
      2: '+12025550123',
      3: '+12025550124',
      4: '+12025550125',
      5: 'no_number',
    });
  });

  it('accounts for a number in CDATA and for a formula that was never calculated', async () => {
    const rows =
      '<row><c t="inlineStr"><is><t>phone</t></is></c></row>' +
      '<row><c t="inlineStr"><is><t><![CDATA[2025550123]]></t></is></c></row>' +
      '<row><c><f>A2+1</f></c></row>';
    const outcome = await read(makeWorkbook([{ name: 'S', rows }]), US);
    expect(byLine(outcome)).toEqual({ 2: '+12025550123', 3: 'not_a_phone_number' });
    expect(outcome.findings).toMatchObject({ formulas: 1, entries: 2, rows: 3 });
  });

  it('of many rows comes in blocks, and tells how much of the file is read', async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => [String(2_025_550_000 + index)]);
    const file = makeWorkbook([{ name: 'S', rows: textRows(rows) }]);
    const workbook = await readWorkbook(inPieces(file, 1000));
    const blocks = [];
    for await (const block of workbook.rows(0)) blocks.push(block);
    expect(blocks.map((block) => [block.rows.length, block.last])).toEqual([
      [1000, false],
      [1000, false],
      [500, true],
    ]);
    expect(blocks[2]?.rows.at(-1)).toEqual({ line: 2_500, cells: ['2025552499'], malformed: false });
    const read = blocks.map(({ bytesRead }) => bytesRead);
    expect(read[0]).toBeGreaterThan(0);
    expect(read[1]).toBeGreaterThan(read[0] as number);
    expect(read[2]).toBe(file.length);
  });
});

describe('a file that is no such workbook', () => {
  it.each([
    ['a zip of something else', makeZip({ 'content.xml': '<x/>' }), 'spreadsheet'],
    ['a truncated one', makeWorkbook([{ name: 'S', rows: '' }]).subarray(0, 300), 'damaged_workbook'],
    ['one with nothing in it', makeWorkbook([{ name: 'S', rows: '' }]), 'no_rows'],
    ['one with hidden sheets only', makeWorkbook([{ name: 'S', rows: '', state: 'veryHidden' }]), 'no_rows'],
    ['an old one, or one with a password', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'spreadsheet'],
  ])('is refused with its reason: %s', async (_, bytes, reason) => {
    expect((await read(bytes, US, 64 * 1024)).end).toEqual({ kind: 'unreadable', reason });
  });
});
