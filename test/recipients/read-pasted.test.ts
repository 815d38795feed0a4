import fc from 'fast-check';
import { readPasted } from '../../src/recipients/read-pasted';
import { byLine, gather, options } from './read-text';

const paste = (text: string) => gather((chosen) => readPasted(text, chosen), options());
const two = ['+8613800138000', '+8613900139000'];

describe('pasted numbers', () => {
  it.each([
    ['one a line', '13800138000\n13900139000\n'],
    ['commas', '13800138000, 13900139000'],
    ['Chinese commas', '13800138000，13900139000、'],
    ['semicolons and blank lines', '13800138000;\n\n;13900139000'],
    ['tabs', '13800138000\t13900139000'],
    ['blanks', '13800138000 13900139000'],
    ['blanks inside', '+86 138 0013 8000\n+86 139 0013 9000'],
    ['a header', '手机号\n13800138000\n13900139000'],
    ['a table with header', 'name,phone\nLi,13800138000\nWu,13900139000'],
    ['a table without header', 'Li\t13800138000\nWu\t13900139000'],
    ['a quoted line', '"13800138000","13900139000"'],
  ])('are read with %s', async (_, text) => {
    const outcome = await paste(text);
    expect(outcome.accepted.map((recipient) => recipient.number)).toEqual(two);
    expect(outcome.rejected).toEqual([]);
    expect(outcome.end).toBeNull();
  });

  it('keep the line number of the pasted text, also several on a line', async () => {
    const outcome = await paste('13800138000, 13900139000\n\n+1 202 555 0123');
    expect(outcome.accepted.map((recipient) => recipient.line)).toEqual([1, 1, 3]);
  });

  it('report an invalid item and do not take it for another column', async () => {
    const outcome = await paste('13800138000, 1390013900, Wang');
    expect(outcome.accepted).toHaveLength(1);
    expect(outcome.rejected.map((row) => [row.raw, row.reason.code])).toEqual([
      ['1390013900', 'too_short'],
      ['Wang', 'not_a_phone_number'],
    ]);
  });

  it.each([
    [
      'an unquoted comma',
      'name,order no,phone\nAnn,5125550100,2025550100\nBob, Jr.,5125550101,2025550101',
      3,
    ],
    ['an answer', 'phone,name,Accepts SMS\n2025550100,Ann,yes\n2025550101,Bo,no, never', 3],
    ['a title', 'May customers\nname,order no,phone\nBob, Jr.,5125550101,2025550101', 3],
  ])('are a table below a header, also where a row does not fit: %s', async (_, text, line) => {
    const outcome = await gather(
      (chosen) => readPasted(text, chosen),
      options({ defaultCountry: 'US', choice: { phoneColumn: text.startsWith('phone') ? 0 : 2 } }),
    );
    expect(outcome.accepted.every(({ number }) => number === '+12025550100')).toBe(true);
    expect(byLine(outcome)[line]).toBe('other_width');
  });

  it('may be any text', async () => {
    const pasted = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', '\n', ',', '1') }),
    );
    await fc.assert(
      fc.asyncProperty(pasted, async (text) => {
        const outcome = await paste(text);
        expect(outcome.layout !== null || outcome.end !== null).toBe(true);
      }),
    );
    expect((await paste('"1\n'.repeat(1000))).rejected).toHaveLength(1000);
  });

  it('report duplicates', async () => {
    const outcome = await paste('13800138000\n138 0013 8000');
    expect(byLine(outcome)).toEqual({ 1: '+8613800138000', 2: 'duplicate' });
  });

  it.each(['', ' \n, ;\n'])('are empty in %j', async (text) => {
    expect((await paste(text)).end).toEqual({ kind: 'unreadable', reason: 'empty' });
  });
});
