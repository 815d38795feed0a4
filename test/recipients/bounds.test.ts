import { createRowBounds } from '../../src/recipients/bound-rows';
import { MAX_CELLS } from '../../src/recipients/bounds';
import type { Row } from '../../src/recipients/files/split-records';
import { readPasted } from '../../src/recipients/read-pasted';
import { explainReason } from '../../src/slack/blocks/parts/explain-reason';
import { en } from '../../src/words/en';
import { zhCn } from '../../src/words/zh-cn';
import { makeWorkbook, textRows } from '../setup/make-workbook';
import { byLine, gather, type Outcome, options, read } from './read-text';

const US = { defaultCountry: 'US' } as const;
const numbers = (count: number) => Array.from({ length: count }, (_, i) => `+1202555${String(1000 + i)}`);
const columns = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);
const refusal = ({ end }: Outcome) => end;

describe('a list with too many columns', () => {
  it('is refused, with the line and how many there are', async () => {
    const file = `${'c,'.repeat(29_999)}c\n${'x,2025550123\n'.repeat(3_000)}`;
    const beyond = { line: 1, count: 30_000 };
    expect(refusal(await read(file, US, 64 * 1024))).toEqual({
      kind: 'unreadable',
      reason: 'too_many_columns',
      beyond,
    });
  });

  it('is refused below a title', async () => {
    const outcome = await read(`Members\n\n${columns(501).join(',')}\n1,2025550123\n`, US);
    const beyond = { line: 3, count: 501 };
    expect(refusal(outcome)).toEqual({ kind: 'unreadable', reason: 'too_many_columns', beyond });
  });

  it('is read where they are empty: spreadsheets write as many delimiters as they have columns', async () => {
    const commas = ','.repeat(16_382);
    const outcome = await read(`name,phone${commas}\nLi,2025550123${commas}\nWu,2025550124${commas}\n`, US);
    expect(byLine(outcome)).toEqual({ 2: '+12025550123', 3: '+12025550124' });
    expect(outcome.layout?.names.length).toBeLessThanOrEqual(500);
  });

  it('loses only the rows that have too many below a header that has not', async () => {
    const wide = columns(600).join(',');
    const rows = Array.from({ length: 20 }, (_, i) => `Li,202555${1000 + i}`);
    const outcome = await read(['name,phone', ...rows, wide, 'Wu,2025550124'].join('\n'), US);
    expect(byLine(outcome)).toMatchObject({ 22: 'unreadable_row', 23: '+12025550124' });
    expect(outcome.accepted).toHaveLength(21);
  });

  it('is read up to 500', async () => {
    const outcome = await read(`phone,${columns(499).join(',')}\n2025550123,${columns(499).join(',')}\n`, US);
    expect(byLine(outcome)).toEqual({ 2: '+12025550123' });
  });

  it('in a workbook is refused as well', async () => {
    const wide = makeWorkbook([{ name: 'S', rows: textRows([columns(16_384), ['x']]) }]);
    const beyond = { line: 1, count: 16_384 };
    expect(refusal(await read(wide, US))).toEqual({ kind: 'unreadable', reason: 'too_many_columns', beyond });
  });

  it('in a workbook is read where only a later row has a cell far to the right', async () => {
    const rows = numbers(20).map((number) => [number]);
    const stray = `<row r="22"><c t="str"><v>+12025559999</v></c><c r="XFD22"><v>1</v></c></row>`;
    const workbook = makeWorkbook([{ name: 'S', rows: textRows([['phone'], ...rows]) + stray }]);
    expect((await read(workbook, US)).accepted).toHaveLength(21);
  });
});

describe('a single line of numbers is a list, however many they are', () => {
  const line = numbers(3_000).join(',');

  it('as a file', async () => {
    const { accepted, rejected } = await read(line, US, 64 * 1024);
    expect(accepted).toHaveLength(3_000);
    expect(rejected).toEqual([]);
  });

  it('also with a few that are none', async () => {
    const { accepted, rejected } = await read(`${line},2025550,20255501234567`, US, 64 * 1024);
    expect(accepted).toHaveLength(3_000);
    expect(rejected.map(({ reason }) => reason.code)).toEqual(['too_short', 'too_long']);
  });

  it('as several lines, once a person has said that every cell is a number', async () => {
    const lines = `${numbers(1_200).join(',')}\n${numbers(1_800).slice(1_200).join(',')}\n`;
    const doubtful = await read(lines, US, 64 * 1024);
    expect(doubtful.end).toMatchObject({ kind: 'column_in_doubt', mayBeAll: true });
    const chosen = await read(lines, { ...US, choice: { phoneColumn: 'all' } }, 64 * 1024);
    expect(chosen.accepted).toHaveLength(1_800);
  });

  it('pasted', async () => {
    const outcome = await gather((chosen) => readPasted(line, chosen), options(US));
    expect(outcome.accepted).toHaveLength(3_000);
  });
});

describe('a cell that is too long', () => {
  const long = `(${' '.repeat(60_000)}x`;
  const codes = ({ rejected }: Outcome) => rejected.map(({ line, reason }) => `${line} ${reason.code}`);

  it('costs its row where it is the number, and the others are read', async () => {
    const outcome = await read(`name,phone\nLi,"${long}"\nWu,2025550124\n`, US, 64 * 1024);
    expect(codes(outcome)).toEqual(['2 cell_too_long']);
    expect(outcome.accepted).toHaveLength(1);
    expect(outcome.rejected[0]?.raw).toHaveLength(200);
  });

  it('costs nothing elsewhere', async () => {
    const outcome = await read(`name,phone\n"${long}",2025550123\nWu,2025550124\n`, US, 64 * 1024);
    expect(outcome.accepted).toHaveLength(2);
  });

  it('costs itself in a list of numbers', async () => {
    const choice = { phoneColumn: 'all' } as const;
    const outcome = await read(`2025550123,"${long}",2025550124\n`, { ...US, choice }, 64 * 1024);
    expect(codes(outcome)).toEqual(['1 cell_too_long']);
    expect(outcome.accepted).toHaveLength(2);
  });

  it('costs its row in a workbook, shared or not', async () => {
    const rows = '<row><c t="str"><v>phone</v></c></row><row><c t="s"><v>0</v></c></row>';
    const inline = `<row><c t="inlineStr"><is><t>${long}</t></is></c></row><row><c><v>2025550124</v></c></row>`;
    const bytes = makeWorkbook([{ name: 'S', rows: rows + inline }], { strings: [`<t>${long}</t>`] });
    const outcome = await read(bytes, US, 64 * 1024);
    expect(codes(outcome)).toEqual(['2 cell_too_long', '3 cell_too_long']);
    expect(outcome.accepted).toHaveLength(1);
  });
});

describe('a header that is too long', () => {
  it('is refused as a line of text', async () => {
    const header = columns(400).map((name) => name.padEnd(400, 'x'));
    const outcome = await read(`${header.join(',')}\n2025550123\n2025550124\n`, US, 64 * 1024);
    expect(refusal(outcome)).toMatchObject({ reason: 'header_too_long', beyond: { line: 1 } });
  });

  it('is refused in a workbook', async () => {
    const header = columns(400).map((name) => name.padEnd(400, 'x'));
    const bytes = makeWorkbook([{ name: 'S', rows: textRows([['phone', ...header], ['2025550123']]) }]);
    expect(refusal(await read(bytes, US))).toMatchObject({ reason: 'header_too_long', beyond: { line: 1 } });
  });
});

it('a list has no more than so many cells, however its rows are made', () => {
  const { bound } = createRowBounds(false);
  const cells = Array<string>(500).fill('x');
  const block = Array.from({ length: 1_000 }, (_, i): Row => ({ line: i + 1, cells, malformed: false }));
  for (let rows = 0; rows < MAX_CELLS; rows += 500_000) bound(block);
  expect(() => bound(block)).toThrow(expect.objectContaining({ code: 'too_many_cells' }));
});

it('says which bound was passed, where, by how much, and what to do', () => {
  const explain = (words: Parameters<typeof explainReason>[0], detail: string) =>
    explainReason(words, { code: 'unreadable_file', detail: `${detail}: list: 1.csv` });
  expect(explain(en, 'too_many_columns 1 60000')).toContain(
    'list: 1.csv: Line 1 has 60,000 columns; at most 500 can be read. Delete',
  );
  expect(explain(zhCn, 'too_many_columns 1 60000')).toContain('第 1 行有 60,000 列，最多只能读取 500 列');
  expect(explain(en, 'header_too_long 3 70000')).toContain('The header in line 3 is longer than 65,536 char');
  expect(explain(en, 'too_many_cells 200001 100000000')).toContain(
    'It has more than 100,000,000 cells up to line 200,001.',
  );
});
