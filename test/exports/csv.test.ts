import { parse } from 'papaparse';
import { csvLine, numberCell, textCell } from '../../src/exports/csv';

it.each([
  ['=1+1', `'=1+1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['-2+3', `'-2+3`],
  ['\tx', `"'\tx"`],
  ['-5', '-5'],
  ['a "b", c', '"a ""b"", c"'],
  [null, ''],
  ['Offers; +8613800138000, -5', '"Offers; +8613800138000, -5"'],
  ['Ring 5-7, a=b @noon', '"Ring 5-7, a=b @noon"'],
  ["x;=cmd|' /C calc'!A0", `"x;'=cmd|' /C calc'!A0"`],
])('writes the cell %j as %j', (value, written) => {
  expect(textCell(value)).toBe(written);
});

/** What a spreadsheet passes over in front of a formula, or takes off. */
const LEADS = ['', ' ', '  ', '\u00a0', '\u3000', '\u200b', '\ufeff', '\u2060', '"', '""', ' "', '\u202e'];
const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const BEFORE = ['', 'x,', 'x;', 'x\t', 'x\n', 'x\r\n', 'x\r', ';', ',', 'x,;', 'x"; ', 'x;;'];

it('no cell is a formula, whichever of comma, semicolon and tab the spreadsheet separates cells with', () => {
  const cells = BEFORE.flatMap((before) =>
    LEADS.flatMap((lead) => SIGNS.map((sign) => `${before}${lead}${sign}cmd|' /C calc'!A0`)),
  );
  for (const cell of cells) {
    const line = csvLine([textCell('first'), textCell(cell), textCell('last')]);
    for (const delimiter of [',', ';', '\t']) {
      // Papa is strict with quotes; a spreadsheet takes those in the middle of a line as they are.
      const strict = parse<string[]>(line, { delimiter }).data.flat();
      const simple = line.split(/\r\n|[\r\n]/).flatMap((part) => part.split(delimiter));
      for (const read of [...strict, ...(delimiter === ',' ? [] : simple)]) {
        expect({ cell, delimiter, runs: isFormula(read) }).toEqual({ cell, delimiter, runs: false });
      }
    }
  }
});

/** As the most careless spreadsheet would see it. */
const isFormula = (cell: string) =>
  /^[\s"\u200b-\u200f\u202a-\u202e\u2060\ufeff]*[=+\-@＝＋－＠]/u.test(cell);

it('reads a hostile cell of 200,000 characters once', () => {
  // A pattern that goes back would read each of these anew from every sign, for minutes.
  for (const unit of [';', '\n', '; ', '"', ';"', ';-', ';-1', ',+1.', '\t', ' ', '\ufeff', '\u200b']) {
    const cell = unit.repeat(200_000);
    expect(textCell(cell).length).toBeGreaterThanOrEqual(cell.length);
  }
});

it('writes phone numbers as text that no spreadsheet rounds, and nothing else in that form', () => {
  expect(csvLine([numberCell('+8613800138000')])).toBe('"=""+8613800138000"""\r\n');
  expect(numberCell('=cmd()')).toBe(`'=cmd()`);
});
