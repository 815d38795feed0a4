const SAMPLE_NAMES = ['customers.csv', 'customers-10000.csv', 'customers-nasty.csv'] as const;
type SampleName = (typeof SAMPLE_NAMES)[number];

/** A recipients file to try. The page says what is in it, in the reader's language. */
export interface SampleList {
  name: SampleName;
  bytes: number;
  content: Buffer;
}

/** Three files with made-up numbers, always the same ones. The outcome of each number is in `buka/messages/outcomes.ts`. */
export function makeSampleLists(): SampleList[] {
  const texts = {
    'customers.csv': smallFile,
    'customers-10000.csv': largeFile,
    'customers-nasty.csv': nastyFile,
  };
  return SAMPLE_NAMES.map((name) => {
    const content = Buffer.from(texts[name]());
    return { name, bytes: content.length, content };
  });
}

const NAMES = ['Li Na', 'Wang Fang', 'Zhang Wei', 'Chen Jing', 'Liu Yang', 'Zhao Lei', 'Sun Li', 'Zhou Min'];

function smallFile(): string {
  const good = [...mobilesFrom(13_800_138_001, 16), '13800130000', '13800130404'];
  const bad = ['n/a', '1380013800', '010-88888888'];
  const duplicates = ['+86 138 0013 8001', '8613800138002', '138-0013-8003'];
  return csv(spread(good, [...bad, ...duplicates]));
}

function largeFile(): string {
  const good = mobilesFrom(13_900_100_001, 9_700);
  const bad = Array.from(
    { length: 120 },
    (_, i) => ['n/a', '1390010', '8.61E+12', '010-88888888'][i % 4] ?? '',
  );
  const duplicates = good.slice(0, 180).map((number) => `+86 ${number}`);
  return csv(spread(good, [...bad, ...duplicates]));
}

/** Consecutive numbers, without those that the local Buka refuses or never finishes. */
function mobilesFrom(first: number, count: number): string[] {
  const numbers: string[] = [];
  for (let number = first; numbers.length < count; number++) {
    if (!/0404$|0999$/.test(String(number))) numbers.push(String(number));
  }
  return numbers;
}

/** Spreads the extras evenly among the good ones. A duplicate comes after the row that it repeats. */
function spread(good: string[], extras: string[]): string[] {
  const gap = Math.floor(good.length / extras.length);
  return good.flatMap((number, i) => {
    const extra = (i + 1) % gap === 0 ? extras[(i + 1) / gap - 1] : undefined;
    return extra === undefined ? [number] : [number, extra];
  });
}

function csv(numbers: string[]): string {
  const rows = numbers.map((number, i) => `${i + 1},${NAMES[i % NAMES.length]},${number}`);
  return ['Customer,Name,Mobile', ...rows, ''].join('\r\n');
}

/** Each row is another case. */
function nastyFile(): string {
  const rows = [
    '\ufeff姓名;手机号;备注',
    '张三;13800137000;plain',
    '李四;138 0013 7001;blanks',
    '王五;１３８００１３７００２;full-width digits',
    '"赵\n六";13800137003;"a quoted\nline break"',
    ';;',
    '',
    '孙七;8.61E+12;damaged by Excel',
    '周八;="13800137004";a formula',
    "吴九;'13800137005;an apostrophe",
    '郑十;+86 (138) 0013-7006;brackets',
    '冯一;008613800137007;two zeros',
    '陈二;13800137000;twice',
    '褚三;010-88888888;a landline',
    '卫四;1380013700;too short',
    '蒋五;;no number',
    '沈六;13800137008.0;decimals',
    '韩七;+1 202 555 0123;abroad',
    '杨八;13800137009;the last row has no line break',
  ];
  return rows.join('\r\n');
}
