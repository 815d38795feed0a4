import { csvLine, numberCell, textCell } from '../../src/exports/csv';

it.each([
  ['=1+1', `'=1+1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['-2+3', `'-2+3`],
  ['\tx', `'\tx`],
  ['-5', '-5'],
  ['a "b", c', '"a ""b"", c"'],
  [null, ''],
])('writes the cell %j as %j', (value, written) => {
  expect(textCell(value)).toBe(written);
});

it('writes phone numbers as text that no spreadsheet rounds, and nothing else in that form', () => {
  expect(csvLine([numberCell('+8613800138000')])).toBe('"=""+8613800138000"""\r\n');
  expect(numberCell('=cmd()')).toBe(`'=cmd()`);
});
