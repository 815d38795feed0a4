/**
 * Recipients files as people upload them, with numbers that are made up (Chinese-looking mobiles from 13800000000 on).
 * Rows come as: good ones, then bad ones, then duplicates of the first good ones, unless `shuffled` spreads them out.
 */
export interface SampleOptions {
  good: number;
  bad?: number;
  duplicates?: number;
  /** The header of the phone column; null for a file without header. */
  header?: string | null;
  delimiter?: ',' | ';' | '\t';
  lineBreak?: '\n' | '\r\n' | '\r';
  bom?: boolean;
  /** Deals bad rows and duplicates evenly among the good ones, always in the same way. */
  shuffled?: boolean;
  /** Where the run of numbers starts, so that two files need not overlap. */
  firstNumber?: number;
}

/** One of each kind that the reader refuses; repeated as needed. */
export const BAD_CELLS = ['n/a', '1380013800', '8.61E+12', '010-88888888', '138001380001234'] as const;

export function sampleCsv(options: SampleOptions): Buffer {
  const { bom = false, lineBreak = '\r\n', delimiter = ';', header = '手机号' } = options;
  const cells = sampleCells(options);
  const rows = cells.map((cell, i) => [`客户${i + 1}`, cell, `${i % 7}${delimiter === ',' ? '.' : ','}50`]);
  if (header !== null) rows.unshift(['姓名', header, '金额']);
  const text = rows.map((row) => row.join(delimiter) + lineBreak).join('');
  return Buffer.from((bom ? '\ufeff' : '') + text);
}

function sampleCells(options: SampleOptions): string[] {
  const { good, bad = 0, duplicates = 0, firstNumber = 13_800_000_000, shuffled = false } = options;
  const numbers = Array.from({ length: good }, (_, i) => String(firstNumber + i));
  const faulty = Array.from({ length: bad }, (_, i) => BAD_CELLS[i % BAD_CELLS.length] ?? '');
  const again = Array.from({ length: duplicates }, (_, i) => `+86 ${numbers[i % good]}`);
  if (!shuffled) return [...numbers, ...faulty, ...again];
  const extras = [...faulty, ...again];
  const gap = Math.ceil(good / (extras.length + 1));
  // A duplicate always comes after its first: `again` is dealt late, its originals stand at the top.
  return numbers.flatMap((number, i) => {
    const extra = (i + 1) % gap === 0 ? extras[(i + 1) / gap - 1] : undefined;
    return extra === undefined ? [number] : [number, extra];
  });
}

/** What a spreadsheet, a chat and a tired person do to a list: every row below the header is a case of its own. */
export function nastyCsv(): Buffer {
  const rows = [
    '\ufeff姓名;手机号;备注',
    '张三;13800138000;plain',
    '李四;138 0013 8001;blanks',
    '王五;１３８００１３８００２;full width',
    '"赵\n六";13800138003;"a quoted\nline break"',
    ';;',
    '',
    '孙七;8.61E+12;damaged',
    '周八;="13800138004";formula',
    "吴九;'13800138005;apostrophe",
    '郑十;+86 (138) 0013-8006;brackets',
    '冯一;008613800138007;two zeros',
    '陈二;13800138000;duplicate of line 2',
    '褚三;010-88888888;landline',
    '卫四;1380013800;too short',
    '蒋五;;no number',
    '沈六;13800138008.0;decimals',
    '韩七;+1 202 555 0123;abroad',
    '"杨八;13800138009;a quote that is never closed',
    '朱九;13800138010;the row after it',
  ];
  return Buffer.from(rows.join('\r\n'));
}
