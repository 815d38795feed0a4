import { decodeText } from '../../../src/recipients/files/decode-text';
import { detectPaddedQuotes } from '../../../src/recipients/files/dialects';
import { parseRows } from '../../../src/recipients/files/parse-rows';
import type { Delimiter } from '../../../src/recipients/recipient';
import { inPieces } from '../read-text';

async function rowsOf(text: string, fixed?: Delimiter) {
  const rows: string[][] = [];
  for await (const block of parseRows(decodeText(inPieces(Buffer.from(text), 1000)), fixed)) {
    rows.push(...block.rows.map(({ cells }) => cells));
  }
  return rows;
}

const ANN = ['Ann', '2025550123'];
const LI = ['Li, A', '2025550123'];

it.each<[string, string, string[][]]>([
  ['a blank before quotes', 'name, "phone"\n"Li, A", "2025550123"\n', [['name', 'phone'], LI]],
  ['blanks on both sides', '"Li, A" , "2025550123" \n', [LI]],
  [
    'line breaks in such quotes',
    'Ann, "2025550123", "a\nb"\nBob, "2025550124", "x"\n',
    [
      ['Ann', '2025550123', 'a\nb'],
      ['Bob', '2025550124', 'x'],
    ],
  ],
  ['rows quoted as a whole', '"name,phone"\n"Ann,2025550123"\n', [['name', 'phone'], ANN]],
  ['quotes in rows quoted as a whole', '"""Li, A"",""2025550123"""\n', [LI]],
  ['rows quoted as a whole behind sep=', 'sep=;\n"Ann;2025550123"\n', [ANN]],
  ['full-width commas in rows quoted as a whole', '"Ann，2025550123"\n', [ANN]],
  [
    'single quotes',
    "'Li, A','2025550123'\n'O''Neil, \"B\"','2025550124'\n",
    [LI, ['O\'Neil, "B"', '2025550124']],
  ],
  ['marks of joined files', '\ufeff"Ann","2025550123"\n\ufeff"Li, A","2025550123"\n', [ANN, LI]],
])('%s are wrapping', async (_, text, expected) => {
  expect(await rowsOf(text)).toEqual(expected);
});

it.each<[string, string, string[][]]>([
  [
    'a stray quote behind a blank',
    'Ann,2025550123,she said, "ok\nBob,2025550124,x\n',
    [
      ['Ann', '2025550123', 'she said', ' "ok'],
      ['Bob', '2025550124', 'x'],
    ],
  ],
  [
    'apostrophes',
    "'tHart,2025550123\nO'Neil,2025550124\n",
    [
      ["'tHart", '2025550123'],
      ["O'Neil", '2025550124'],
    ],
  ],
  ['quoted cells of a single column', '"2025550123"\n"2025550124"\n', [['2025550123'], ['2025550124']]],
  [
    'single quotes around some cells',
    "'Li','2025550123'\nAnn,2025550124\n",
    [
      ["'Li'", "'2025550123'"],
      ['Ann', '2025550124'],
    ],
  ],
])('%s are text', async (_, text, expected) => {
  expect(await rowsOf(text)).toEqual(expected);
});

it.each<[Delimiter, string]>([
  [',', 'name,phone\nAnn|x,2025550123\nBob|y,2025550124\n'],
  [',', 'name,phone\n王，先生,2025550123\n李，女士,2025550124\n'],
  ['|', 'Name|Phone\nAnn|2025550123\n'],
  ['，', '姓名，电话\nAnn，2025550123\n'],
  ['；', '姓名；电话\nAnn；2025550123\n'],
  ['|', 'sep=|\nAnn|2025550123\n'],
  ['；', 'sep=；\nAnn；2025550123\n'],
])('divides by %s: %j', async (delimiter, text) => {
  for await (const block of parseRows(decodeText(inPieces(Buffer.from(text), 1000)))) {
    expect(block.delimiter).toBe(delimiter);
    expect(block.rows.at(-1)?.cells).toHaveLength(2);
  }
});

it('divides a second time as the first time decided', async () => {
  expect(await rowsOf('a;b,c\n', ';')).toEqual([['a', 'b,c']]);
  expect(await rowsOf('sep=;\na;b,c\n', ';')).toEqual([['a', 'b,c']]);
});

it('holds back no line that is too long to be a row', () => {
  const dialect = detectPaddedQuotes('name, "phone"\n', ',');
  expect(dialect?.('x'.repeat(60_000), false)).toBe('');
  expect(dialect?.('x'.repeat(10_000), false)).toHaveLength(70_000);
  expect(dialect?.('\nAnn, "2025550123"', true)).toBe('\nAnn,"2025550123"');
});
