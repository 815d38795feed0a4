import fc from 'fast-check';
import { openRecordSplitter } from '../../../src/recipients/files/split-records';
import { byLine, read } from '../read-text';

const GOOD = Array.from({ length: 9 }, (_, i) => `Li,1380013800${i}`);

describe('quotes that do not match', () => {
  it('cost one row, not the rest of a long file', async () => {
    const long = Array.from({ length: 30_000 }, (_, i) => `Li,${13_800_000_000 + i}`);
    const outcome = await read(`name,phone\n"Wang,13900139000\n${long.join('\n')}\n`, {}, 50_000);
    expect(outcome.rejected).toEqual([
      { source: 0, line: 2, raw: '"Wang,13900139000', reason: { code: 'unreadable_row' } },
    ]);
    expect(outcome.accepted).toHaveLength(30_000);
    expect(outcome.accepted.at(-1)?.line).toBe(30_002);
  });

  it('cost one row when a later quote seems to close them', async () => {
    const rows = [...GOOD];
    rows[2] = '"Wang,13900139000';
    rows[6] = '"Zhao",13900139001';
    const outcome = await read(rows.join('\n'));
    expect(byLine(outcome)).toMatchObject({ 2: '+8613800138001', 3: 'unreadable_row', 4: '+8613800138003' });
    expect(outcome.accepted).toHaveLength(8);
  });

  it('cost nothing within a line', async () => {
    const outcome = await read('name,phone\n"Bob "Bobby" Smith",13800138000\n5" screen,13800138001\n');
    expect(byLine(outcome)).toEqual({ 2: '+8613800138000', 3: '+8613800138001' });
  });

  it('cost one row when a line is too long', async () => {
    const outcome = await read(`Li,13800138000\n${'x'.repeat(200_000)}\nLi,13800138001\n`, {}, 30_000);
    expect(byLine(outcome)).toEqual({ 1: '+8613800138000', 2: 'unreadable_row', 3: '+8613800138001' });
    expect(outcome.rejected[0]?.raw).toHaveLength(200);
  });
});

it('counts a row with line breaks in quotes as one, as a spreadsheet does', async () => {
  const outcome = await read('phone,note\r\n13800138000,"a\r\nb\r\nc"\r\nx,y\r\n\r\n13800138001,z');
  expect(byLine(outcome)).toEqual({ 2: '+8613800138000', 3: 'not_a_phone_number', 5: '+8613800138001' });
});

it.each(['\n', '\r\n', '\r'])('reads %j as a line break', async (lineBreak) => {
  const outcome = await read(['phone', '13800138000', '13800138001'].join(lineBreak), {}, 1);
  expect(byLine(outcome)).toEqual({ 2: '+8613800138000', 3: '+8613800138001' });
});

it('makes no rows of empty lines: a file may have millions', () => {
  const splitter = openRecordSplitter(',');
  expect(splitter.read('\n'.repeat(1_000_000), false)).toEqual([]);
  expect(splitter.read('\n\nx,1\n', true)[0]).toEqual({
    line: 1_000_003,
    cells: ['x', '1'],
    malformed: false,
  });
});

const table = fc.string({ unit: fc.constantFrom('"', ',', '\n', ' ', 'x', '1'), maxLength: 60 });

it('splits the same rows however the text arrives', () => {
  fc.assert(
    fc.property(fc.array(table, { maxLength: 8 }), (pieces) => {
      const inPieces = openRecordSplitter(',');
      const rows = pieces.flatMap((piece) => inPieces.read(piece, false)).concat(inPieces.read('', true));
      // A line break at the end of a text starts no further row; blank rows do not count.
      const filled = (all: typeof rows) => all.filter((row) => row.cells.join('') !== '');
      expect(filled(rows)).toEqual(filled(openRecordSplitter(',').read(pieces.join(''), true)));
    }),
    { numRuns: 1000 },
  );
});

it('loses no line: each number of the text is in some row', () => {
  fc.assert(
    fc.property(fc.array(table, { maxLength: 8 }), (lines) => {
      const text = lines.map((line, i) => `${line.replaceAll('\n', '')}<${i}>`).join('\n');
      const found = openRecordSplitter(',')
        .read(text, true)
        .flatMap((row) => row.cells.join(',').match(/<\d+>/g) ?? []);
      expect(found).toEqual(lines.map((_, i) => `<${i}>`));
    }),
    { numRuns: 1000 },
  );
});
