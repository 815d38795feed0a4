/** A recipients file to try. */
export interface Sample {
  name: string;
  title: string;
  description: string;
  bytes: number;
  content: Buffer;
}

/** Three files with made-up numbers, always the same ones. What becomes of a number is in `buka/messages/fates.ts`. */
export function makeSamples(): Sample[] {
  return [
    sample(
      'customers.csv',
      'Small and clear',
      '24 rows: 18 good numbers, 3 that are none, 3 that come twice. Buka refuses the number that ends in 0404 and fails the one that ends in 0000.',
      smallFile(),
    ),
    sample(
      'customers-10000.csv',
      '10,000 rows',
      '9,700 good numbers, 120 that are none, 180 that come twice. About one in 25 fails on its way.',
      largeFile(),
    ),
    sample(
      'customers-nasty.csv',
      'A nasty one',
      'What spreadsheets and people do to a list: a byte order mark, semicolons, numbers that Excel damaged, full-width digits, blank lines, line breaks in quotes.',
      nastyFile(),
    ),
  ];
}

function sample(name: string, title: string, description: string, text: string): Sample {
  const content = Buffer.from(text);
  return { name, title, description, bytes: content.length, content };
}

const NAMES = ['Li Na', 'Wang Fang', 'Zhang Wei', 'Chen Jing', 'Liu Yang', 'Zhao Lei', 'Sun Li', 'Zhou Min'];

function smallFile(): string {
  const good = [...mobilesFrom(13_800_138_001, 16), '13800130000', '13800130404'];
  const bad = ['n/a', '1380013800', '010-88888888'];
  const again = ['+86 138 0013 8001', '8613800138002', '138-0013-8003'];
  return csv(spread(good, [...bad, ...again]));
}

function largeFile(): string {
  const good = mobilesFrom(13_900_100_001, 9_700);
  const bad = Array.from(
    { length: 120 },
    (_, i) => ['n/a', '1390010', '8.61E+12', '010-88888888'][i % 4] ?? '',
  );
  const again = good.slice(0, 180).map((number) => `+86 ${number}`);
  return csv(spread(good, [...bad, ...again]));
}

/** Consecutive numbers, without those that the local Buka refuses or never brings to an end. */
function mobilesFrom(first: number, count: number): string[] {
  const numbers: string[] = [];
  for (let number = first; numbers.length < count; number++) {
    if (!/0404$|0999$/.test(String(number))) numbers.push(String(number));
  }
  return numbers;
}

/** Deals the extras evenly among the good ones. A row that repeats another comes later than it. */
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

/** Each row is a case of its own. */
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
