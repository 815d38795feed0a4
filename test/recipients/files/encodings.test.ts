import { byLine, read } from '../read-text';

const TEXT = '姓名,手机号\r\n一,13800138000\r\n';
const utf16le = Buffer.from(TEXT, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
/** The same text in GB18030, byte by byte: 姓 d0d5, 名 c3fb, 手 cad6, 机 bbfa, 号 bac5, 一 d2bb. */
const gb18030 = Buffer.concat([
  Buffer.from('d0d5c3fb2ccad6bbfabac50d0a', 'hex'),
  Buffer.from('d2bb2c', 'hex'),
  Buffer.from('13800138000\r\n'),
]);

/** All byte values equally often, as in compressed data. */
const NOISE = Array.from({ length: 4096 }, (_, i) => (i * 167) % 256);

describe('the encoding', () => {
  it.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\ufeff${TEXT}`)],
    ['utf-16le', Buffer.concat([Buffer.from('fffe', 'hex'), utf16le])],
    ['utf-16be', Buffer.concat([Buffer.from('feff', 'hex'), utf16be])],
    ['utf-16le', utf16le],
    ['utf-16be', utf16be],
    ['gb18030', gb18030],
  ])('is found: %s (%#)', async (encoding, bytes) => {
    const outcome = await read(bytes, {}, 3);
    expect(outcome.layout).toMatchObject({ encoding, headings: [1], phoneColumn: 1 });
    expect(outcome.layout?.columns.map((column) => column.name)).toEqual(['姓名', '手机号']);
    expect(outcome.layout?.columns[0]?.samples).toEqual(['一']);
    expect(byLine(outcome)).toEqual({ 2: '+8613800138000' });
  });

  it.each([
    ['ASCII alone', 'name,phone\r\nLi,13800138000\r\n'],
    ['one number', '13800138000'],
    [
      'long Chinese rows',
      `姓名,地址,手机号\n李,${'北京市一号院　一单元一层一零一室'.repeat(20)},13800138000\n`,
    ],
  ])('is found by its NULs in UTF-16 of %s', async (_, text) => {
    const little = Buffer.from(text, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      expect((await read(bytes)).accepted.map((recipient) => recipient.number)).toEqual(['+8613800138000']);
    }
  });

  it('is decided at the first byte beyond ASCII, however late', async () => {
    const ascii = Array.from({ length: 10_000 }, (_, i) => `${13_800_000_000 + i},Li\n`).join('');
    const bytes = Buffer.concat([
      Buffer.from(ascii),
      Buffer.from('cad6bbfabac5', 'hex'),
      Buffer.from(',x\n'),
    ]);
    const outcome = await read(bytes, {}, 10_000);
    expect(outcome.accepted).toHaveLength(10_000);
    expect(outcome.rejected.map((row) => row.raw)).toEqual(['手机号']);
  });

  it('loses no number to bytes that are invalid in every encoding', async () => {
    const latin1 = Buffer.from('nom,phone\nAndr\u00e9,13800138000\n\u00c9,13800138001\n', 'latin1');
    expect(byLine(await read(latin1))).toEqual({ 2: '+8613800138000', 3: '+8613800138001' });
  });
});

describe('a stray NUL', () => {
  it.each([0, 10_000])('costs only the number that contains it, after %i rows', async (rows) => {
    const good = Array.from({ length: rows }, (_, i) => `Li,${13_900_000_000 + i}\n`).join('');
    const outcome = await read(`${good}W\0u,13800138000\nZhao,1380\x0013800\nSun,13800138002\n`, {}, 5000);
    expect(outcome.accepted).toHaveLength(rows + 2);
    expect(outcome.rejected).toEqual([
      { source: 0, line: rows + 2, raw: '1380\ufffd13800', reason: { code: 'not_a_phone_number' } },
    ]);
    expect(outcome.end).toBeNull();
  });

  it('is a row of its own at the end of a truncated copy', async () => {
    const outcome = await read(
      Buffer.concat([Buffer.from('13800138000\n'.repeat(9_000)), Buffer.alloc(200_000)]),
    );
    expect(outcome.rejected.at(-1)).toMatchObject({ line: 9_001, reason: { code: 'unreadable_row' } });
    expect(outcome.end).toBeNull();
  });
});

it.each([
  ['a picture', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(NOISE)])],
  ['an archive', Buffer.concat([Buffer.from('list.csv'), Buffer.alloc(504), Buffer.from('13800138000\n')])],
])('%s is not text', async (_, bytes) => {
  expect((await read(bytes)).end).toEqual({ kind: 'unreadable', reason: 'binary' });
});
