import fc from 'fast-check';
import { NumberSet } from '../../src/recipients/numbers/number-set';
import { readRecipients } from '../../src/recipients/read-recipients';
import { nastyCsv, sampleCsv } from '../setup/sample-files';
import { byLine, inPieces, options, read } from './read-text';

const NUMBER = '+8613800138000';

describe('a recipients file', () => {
  it.each([false, true])(
    'gives exact counts for 2,500 rows with 40 bad and 60 twice (shuffled: %s)',
    async (shuffled) => {
      const file = sampleCsv({ good: 2400, bad: 40, duplicates: 60, bom: true, shuffled });
      const { layout, accepted, rejected, end } = await read(file);
      expect(layout).toMatchObject({
        encoding: 'utf-8',
        delimiter: ';',
        headings: [1],
        phoneColumn: 1,
      });
      expect(accepted).toHaveLength(2400);
      expect(new Set(accepted.map((recipient) => recipient.number)).size).toBe(2400);
      expect(rejected.filter((row) => row.reason.code === 'duplicate')).toHaveLength(60);
      expect(rejected).toHaveLength(100);
      expect(end).toBeNull();
    },
  );

  it('accepts the readable rows of the nastiest file and gives each other row a reason', async () => {
    const outcome = await read(nastyCsv());
    expect(byLine(outcome)).toEqual({
      2: '+8613800138000',
      3: '+8613800138001',
      4: '+8613800138002',
      5: '+8613800138003',
      8: 'damaged_by_spreadsheet',
      9: '+8613800138004',
      10: '+8613800138005',
      11: '+8613800138006',
      12: '+8613800138007',
      13: 'duplicate',
      14: 'landline',
      15: 'too_short',
      16: 'no_number',
      17: '+8613800138008',
      18: '+12025550123',
      19: 'unreadable_row',
      20: '+8613800138010',
    });
    expect(outcome.rejected.find((row) => row.line === 13)?.reason).toEqual({
      code: 'duplicate',
      of: { source: 0, line: 2 },
    });
    expect(outcome.rejected.find((row) => row.line === 8)?.raw).toBe('8.61E+12');
  });

  it.each([',', ';', '\t'])(
    'reads numbers on a single line, separated by %j, as a list',
    async (delimiter) => {
      const numbers = ['13800138000', ' 138 0013 8001', '1380013800', '13800138000', ''];
      const { accepted, rejected } = await read(numbers.join(delimiter));
      expect(accepted.map((one) => [one.line, one.number])).toEqual([
        [1, '+8613800138000'],
        [1, '+8613800138001'],
      ]);
      expect(rejected.map((one) => one.reason.code)).toEqual(['too_short', 'duplicate']);
    },
  );

  it('says of a row without the column that it is of another width, not without a number', async () => {
    const { rejected } = await read('name;phone\nLi;13800138000\nWu,13800138001\nZhao\n');
    expect(rejected).toEqual([
      { source: 0, line: 3, raw: 'Wu,13800138001', reason: { code: 'other_width' } },
      { source: 0, line: 4, raw: '', reason: { code: 'no_number' } },
    ]);
  });

  it('reads the same however the bytes arrive', async () => {
    const file = nastyCsv();
    const whole = await read(file, {}, file.length);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (pieceBytes) => {
        expect(await read(file, {}, pieceBytes)).toEqual(whole);
      }),
    );
  });

  it('reads the same across the blocks of a long file, and reports progress', async () => {
    const file = sampleCsv({ good: 12_000, lineBreak: '\r\n' });
    const bytesRead: number[] = [];
    const lines: number[] = [];
    for await (const event of readRecipients(inPieces(file, 7919), options())) {
      if (event.kind !== 'rows') continue;
      bytesRead.push(event.bytesRead);
      lines.push(...event.accepted.map((recipient) => recipient.line));
    }
    expect(lines).toEqual(Array.from({ length: 12_000 }, (_, i) => i + 2));
    expect(bytesRead.length).toBeGreaterThan(3);
    expect(bytesRead.at(-1)).toBe(file.length);
  });

  it('finds duplicates across the sources of a batch', async () => {
    const seen = new NumberSet();
    await read(`phone\n${NUMBER}\n`, { seen, source: 0 });
    const second = await read('phone\n138 0013 8000\n', { seen, source: 1 });
    expect(second.accepted).toEqual([]);
    expect(second.rejected[0]?.reason).toEqual({ code: 'duplicate', of: { source: 0, line: 2 } });
  });

  it('reads at most a block ahead of its consumer', async () => {
    let given = 0;
    async function* endless() {
      const piece = sampleCsv({ good: 100, header: null });
      for (;;) {
        given += piece.length;
        yield piece;
      }
    }
    for await (const event of readRecipients(endless(), options())) if (event.kind === 'rows') break;
    expect(given).toBeLessThan(100_000);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['no bytes', Buffer.alloc(0), 'empty'],
    ['blank lines only', Buffer.from('\ufeff\r\n \r\n;;\r\n'), 'empty'],
    ['a header only', Buffer.from('手机号\r\n'), 'no_rows'],
    ['a damaged workbook', Buffer.from('504b0304140006000800', 'hex'), 'damaged_workbook'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'spreadsheet'],
    ['a PDF', Buffer.from('%PDF-1.7\n13800138000\n'), 'binary'],
    ['NULs', Buffer.from('13800138000\n\0\0\0\n'), 'binary'],
    ['one line without end', Buffer.alloc(300_000, '13800138000 '), 'not_a_table'],
    ['open quotes everywhere', Buffer.from('"13800138000,x\n'.repeat(2000)), 'not_a_table'],
  ])('has a reason: %s', async (_, bytes, reason) => {
    expect((await read(bytes, {}, 4096)).end).toEqual({ kind: 'unreadable', reason });
  });

  it('never throws, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const outcome = await read(bytes, {}, 7);
        expect(outcome.layout !== null || outcome.end !== null).toBe(true);
      }),
    );
  });

  it('passes on an error of the source itself', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('phone\n13800138000\n');
      throw new Error('connection lost');
    }
    const reading = async () => {
      for await (const event of readRecipients(broken(), options()))
        expect(event.kind).not.toBe('unreadable');
    };
    await expect(reading()).rejects.toThrow('connection lost');
  });
});
