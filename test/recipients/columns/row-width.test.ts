import { type Outcome, read } from '../read-text';

const outcomeOf = ({ accepted, rejected }: Outcome) => ({
  texted: accepted.map(({ number }) => number),
  leftOut: rejected.map(({ line, reason }) => `${line} ${reason.code}`),
});

const readUs = async (text: string) => outcomeOf(await read(text, { defaultCountry: 'US' }));

describe('a longer row alone does not show whether something in it was moved', () => {
  it.each([
    ['the order number under the phones', 'name,order no,phone\nAnn, Inc,5125550100,n/a\n'],
    ['and a blank behind it', 'name,order no,phone\nAnn, Inc,5125550100,\n'],
    ['or several', 'name,order no,phone\nAnn, Inc,5125550100,,\n'],
    ['below a title', 'Customers,,\nname,order no,phone\nAnn, Inc,5125550100,n/a\n'],
  ])('%s', async (_, text) => {
    const { texted, leftOut } = await readUs(text);
    expect(texted).toEqual([]);
    expect(leftOut).toEqual([expect.stringMatching(/^\d other_width$/)]);
  });

  it('nor does it beside others whose order numbers say so', async () => {
    const { texted, leftOut } = await readUs(
      'name,order no,phone\nBo,5125550101,2025550101\nAnn, Inc,5125550100,n/a\n',
    );
    expect({ texted, leftOut }).toEqual({ texted: ['+12025550101'], leftOut: ['3 other_width'] });
  });
});

it('one number in a column before the phones is enough', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `Bo,,20255501${10 + i}`);
  const { texted, leftOut } = await readUs(
    ['name,order no,phone', 'Cy,5125550101,2025550109', ...rows, 'Ann, Inc,5125550100,n/a'].join('\n'),
  );
  expect(texted).toHaveLength(41);
  expect(leftOut).toEqual(['43 other_width']);
});

it('nor one that ends with a delimiter, beside others that do not', async () => {
  const { texted } = await readUs(
    'name,order no,phone\nAnn, Inc,5125550100,\nBo,5125550101,n/a\nCy,5125550102,2025550102\n',
  );
  expect(texted).toEqual(['+12025550102']);
});

/** The first block of a file is 64 KiB. */
const firstBlock = Array.from({ length: 8_000 }, (_, i) => `Bo,,${2_025_550_000 + i * 7}`);

it.each<[string, string[]]>([
  ['behind the moved row', ['Ann, Inc,5125550100,n/a', ...firstBlock, 'Cy,5125550101,2029550109']],
  ['before it', [...firstBlock, 'Cy,5125550101,2029550109', 'Ann, Inc,5125550100,n/a']],
])('also where that number stands beyond the beginning of the file, %s', async (_, rows) => {
  const text = ['name,order no,phone', ...rows].join('\n');
  for (const choice of [{}, { phoneColumn: 2 }]) {
    const { texted, leftOut } = outcomeOf(await read(text, { defaultCountry: 'US', choice }));
    expect(texted).not.toContain('+15125550100');
    expect(leftOut).toContain(`${rows.indexOf('Ann, Inc,5125550100,n/a') + 2} other_width`);
    expect(texted.length + leftOut.length).toBe(rows.length);
  }
});

describe('longer rows are read', () => {
  it.each([
    ['delimiters that end each row', 'name,phone\nAnn,2025550100,\nBo,2025550101,\n'],
    ['a last column without a name', 'name,phone\nAnn,2025550100,vip\nBo,2025550101,new\n'],
    ['a comma in a note behind the phone', 'name,phone,note\nAnn,2025550100,tea\nBo,2025550101,tea, milk\n'],
  ])('%s', async (_, text) => {
    expect(await readUs(text)).toEqual({ texted: ['+12025550100', '+12025550101'], leftOut: [] });
  });
});

it.each(['name,phone\nAnn,2025550100,\n', 'name,phone\nAnn,2025550100,vip\n'])(
  'one row is enough where nothing that is a number can be before the phones: %j',
  async (text) => {
    expect(await readUs(text)).toEqual({ texted: ['+12025550100'], leftOut: [] });
  },
);

it('a shorter row is read by position: blanks at its end are often not written', async () => {
  expect(await readUs('phone,name\n2025550100\n')).toEqual({ texted: ['+12025550100'], leftOut: [] });
});
