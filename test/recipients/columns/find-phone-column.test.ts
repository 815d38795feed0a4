import { byLine, read } from '../read-text';

async function layoutOf(text: string, defaultCountry: 'CN' | 'US' | undefined = 'CN') {
  const { layout, end } = await read(text, { defaultCountry });
  return layout
    ? { delimiter: layout.delimiter, hasHeader: layout.headings.length > 0, phoneColumn: layout.phoneColumn }
    : end?.kind;
}

describe('the delimiter', () => {
  it.each([
    ['comma', 'name,phone\nLi,13800138000\n', ','],
    ['semicolon, with decimal commas', 'Li;13800138000;1,50\nWu;13800138001;2,75\n', ';'],
    ['semicolon, with a comma in each name', '"Li, A";13800138000\nWu, B;13800138001\n', ';'],
    ['semicolon, where quotes mean nothing by commas', '"Li";13800138000\n'.repeat(500), ';'],
    ['tab, with a comma in each row', 'Beijing, China\t13800138000\nXi, China\t13800138001\n', '\t'],
    ['none in a single column', '13800138000\n13800138001\n', ','],
    ['none, though one cell has a semicolon', 'phone\n13800138000\nn/a; moved\n', ','],
    ['that Excel states', 'sep=;\r\nname,x;phone\r\nLi,y;13800138000\r\n', ';'],
  ])('is found: %s', async (_, text, delimiter) => {
    expect(await layoutOf(text)).toMatchObject({ delimiter });
  });

  it("does not count Excel's `sep=` line, as Excel does not", async () => {
    expect(byLine(await read('sep=;\r\nphone;x\r\n13800138000;1\r\n'))).toEqual({ 2: '+8613800138000' });
  });
});

describe('the header', () => {
  it.each([
    ['phone', true],
    ['ＭＯＢＩＬＥ', true],
    ['Phone_Number:', true],
    ['MSISDN', true],
    ['手机号码', true],
    ['聯絡電話', true],
    ['whatever', true],
    ['13900139000', false],
    ['1390013', false],
    ['8.61E+12', false],
    ['1380013800O', false],
    ['+1 202 555 0123 ext 5', false],
    ['95588', false],
  ])('%s is one: %s', async (first, hasHeader) => {
    expect(await layoutOf(`${first}\n13800138000\n13800138001\n`)).toMatchObject({ hasHeader });
  });
});

describe('the phone column', () => {
  it.each([
    ['an exact name before a hint', 'phone model,mobile\nx,13800138000\n', 1],
    [
      'nobody knows: the numbers are in another one than is named',
      'id,家长手机\n13900139000,138001380\n',
      undefined,
    ],
    ['a name though its cells are bad', 'name,phone\nLi,8.61E+12\nWu,n/a\n', 1],
    ['mobiles rather than landlines', 'tel,mobile\n010-88888888,13800138000\n010-88888889,13800138001\n', 1],
    ['another when the name is of something else', 'number,who\nA-1,13800138000\nA-2,13800138001\n', 1],
    ['content beside ids', '1,13800138000,2024-01-15\n2,13800138001,2024-01-16\n', 1],
    ['content beside order numbers', '20240115001,13800138000\n20240115002,13800138001\n', 1],
    ['content beside postcodes and amounts', '100084,1250.50,13800138000\n100085,99.00,13800138001\n', 2],
    ['nobody knows: two of them by name', 'phone,mobile\n13800138000,13900139000\n', undefined],
    ['nobody knows: two of them by content', '13800138000,13900139000\n13800138001,13900139001\n', undefined],
    ['nobody knows: nothing like a number', 'a,b\nx,y\n', undefined],
    ['the only one', 'x\ny\n', 0],
  ])('%s', async (_, text, phoneColumn) => {
    expect(await layoutOf(text)).toEqual(
      phoneColumn === undefined ? 'column_in_doubt' : expect.objectContaining({ phoneColumn }),
    );
  });

  it('is found without a default country by how its cells look', async () => {
    const outcome = await read('12,13800138000\n13,13800138001\n', { defaultCountry: undefined });
    expect(outcome.layout?.phoneColumn).toBe(1);
    expect(byLine(outcome)).toEqual({ 1: 'country_missing', 2: 'country_missing' });
  });

  it('is offered with names and samples, and then read as chosen', async () => {
    const text = 'home phone,work phone\n13800138000,13900139000\n13800138001,13900139001\n';
    expect((await read(text)).end).toEqual({
      kind: 'column_in_doubt',
      mayBeAll: false,
      columns: [
        { sheet: null, index: 0, name: 'home phone', samples: ['13800138000', '13800138001'] },
        { sheet: null, index: 1, name: 'work phone', samples: ['13900139000', '13900139001'] },
      ],
    });
    expect(byLine(await read(text, { choice: { phoneColumn: 1 } }))).toEqual({
      2: '+8613900139000',
      3: '+8613900139001',
    });
  });
});

describe('a table wider than a person can choose from', () => {
  const row = (phone: string) =>
    Array.from({ length: 300 }, (_, index) => (index === 250 ? phone : `c${index}`)).join(',');

  it('has its numbers found wherever they are', async () => {
    expect(await layoutOf([row('mobile'), row('13800138000')].join('\n'))).toMatchObject({
      phoneColumn: 250,
    });
  });

  it('offers the hundred most likely columns when in doubt', async () => {
    const twice = (phone: string) => `${row(phone)},${phone}`;
    const { end } = await read([twice('x'), twice('13800138000')].join('\n'), { defaultCountry: 'CN' });
    const offered = end?.kind === 'column_in_doubt' ? end.columns.map((column) => column.index) : [];
    expect(offered).toHaveLength(100);
    expect(offered).toEqual(expect.arrayContaining([250, 300]));
  });
});
