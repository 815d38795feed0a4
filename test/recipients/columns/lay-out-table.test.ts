import { type Outcome, read } from '../read-text';

const outcomeOf = ({ accepted, rejected }: Outcome) => ({
  texted: accepted.map(({ number }) => number),
  leftOut: rejected.map(({ line, reason }) => `${line} ${reason.code}`),
});
const readUs = async (text: string) => outcomeOf(await read(text, { defaultCountry: 'US' }));

describe('a country is read wherever it stands', () => {
  it.each([
    ['Name,Code,Mobile\nRavi,91,9198123456\n'],
    ['Name,ISD Code,Mobile\nRavi,91,9198123456\n'],
    ['Name,CC,Mobile\nRavi,91,9198123456\n'],
    ['Nombre,Prefijo,Celular\nRavi,91,9198123456\n'],
    ['姓名,区号,手机号\nRavi,91,9198123456\n'],
    ['Name,Mobile India\nRavi,9198123456\n'],
    ['Name,India Mobile\nRavi,9198123456\n'],
  ])('%j', async (text) => {
    expect(await readUs(text)).toEqual({ texted: ['+919198123456'], leftOut: [] });
  });

  it('and where it is not understood, its rows are left out', async () => {
    expect(
      await readUs('Name,Country,Phone\nA,India - Delhi,9198123456\nB,India - Goa,9198123457\n'),
    ).toEqual({
      texted: [],
      leftOut: ['2 country_unclear', '3 country_unclear'],
    });
    const { texted } = await readUs(
      'Name,Country,Phone\nA,India,9198123456\nB,India,9198123457\nC,Home,9198123458\n',
    );
    expect(texted).toEqual(['+919198123456', '+919198123457']);
  });

  it.each([
    ['area codes', 'Name,Code,Phone\nAnn,021,2025550100\nBo,0755,2025550101\n'],
    ['ranks', 'Name,Code,Phone\nAnn,1,2025550100\nBo,7,2025550101\n'],
    ['codes of something else', 'Name,Code,Phone\nAnn,212,2025550100\nBo,415,2025550101\n'],
  ])('but %s are none', async (_, text) => {
    expect(await readUs(text)).toEqual({ texted: ['+12025550100', '+12025550101'], leftOut: [] });
  });
});

describe('who says no is left out', () => {
  it('also where an example in the heading leaves open whether it is one', async () => {
    const text = 'Name,Phone (e.g. 2025550123),SMS opt-out\nAnn,2025550100,no\nBo,2025550101,yes\n';
    const outcome = await read(text, { defaultCountry: 'US', choice: { phoneColumn: 1 } });
    expect(outcomeOf(outcome)).toEqual({
      texted: ['+12025550100'],
      leftOut: ['1 not_a_phone_number', '3 no_consent'],
    });
  });

  it.each([
    ['SMS Marketing', 'yes', 'no'],
    ['Text?', 'Y', 'N'],
    ['Werbung', 'ja', 'nein'],
    ['Accord SMS', 'oui', 'non'],
    ['Contactable', 'Y', 'N'],
    ['是否拉黑', '否', '是'],
  ])('under %s', async (heading, yes, no) => {
    const text = `Name,Phone,${heading}\nAnn,2025550100,${yes}\nBo,2025550101,${no}\n`;
    expect(await readUs(text)).toEqual({ texted: ['+12025550100'], leftOut: ['3 no_consent'] });
  });

  it('but a count of messages says nothing', async () => {
    const text = 'Name,Phone,Messages\nAnn,2025550100,0\nBo,2025550101,1\n';
    expect((await readUs(text)).leftOut).toEqual([]);
  });

  it.each([
    ['a no', 'phone,name,note,Accepts SMS\n2025550100,Ann,tea, milk,no\n2025550101,Bo,tea,no\n'],
    ['a country', 'Name,Mobile,City,Country\nRavi,9198123456,Goa,,India\nBo,2025550101,Rome,Canada\n'],
  ])('also where an unquoted comma has moved %s', async (_, text) => {
    expect((await readUs(text)).leftOut).toContain('2 other_width');
  });
});

describe('a day or a year in a heading hides no column', () => {
  it.each([
    'Name,Phone,Balance 01/05/2024,Accepts SMS',
    'Name,Phone,Orders 2023-2024,Accepts SMS',
    'Name,Phone,As of 2024-05-01,Accepts SMS',
  ])('%s', async (header) => {
    const outcome = await read(`${header}\nAnn,2025550100,12,yes\nBo,2025550101,13,no\n`, {
      defaultCountry: 'US',
    });
    expect(outcome.layout?.headings).toEqual([1]);
    expect(outcomeOf(outcome)).toEqual({ texted: ['+12025550100'], leftOut: ['3 no_consent'] });
  });

  it.each(['Mobile,2025550102,01/05/2024', 'Phone,Tel 2023-2024,since 2020', 'Phone,Bo 20237024,since 2020'])(
    'but a row that may hold a number is none: %s',
    async (row) => {
      const outcome = await read(`${row}\nHome,2025550100,01/06/2024\n`, {
        defaultCountry: 'US',
        choice: { phoneColumn: 1 },
      });
      expect(outcome.layout?.headings).toEqual([]);
    },
  );
});

it('a mother’s mobile is a mobile beside a school’s phone: a person must choose', async () => {
  const outcome = await read(
    'Student,Phone,Mother Mobile\nAnn,2025550100,2025550101\nBo,2025550100,2025550102\n',
    {
      defaultCountry: 'US',
    },
  );
  expect(outcome.end?.kind).toBe('column_in_doubt');
});

it('the day beside a number is no second number', async () => {
  const outcome = await read('phone\n20123456 20240501\n20123457\n', { defaultCountry: 'DK' });
  expect(outcomeOf(outcome)).toEqual({ texted: ['+4520123457'], leftOut: ['2 several_numbers'] });
});
