import { account } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

test.each<[string, string, string, { balance: string; gift: string; credit: string }]>([
  [
    'the documented example',
    '{"status":"0","balance":"99.990000","gift":"50.00000","credit":"0"}',
    '149.990000',
    { balance: '99.990000', gift: '50.00000', credit: '0' },
  ],
  [
    'bare numbers keep their zeros',
    '{"status":0,"balance":99.990000,"gift":0,"credit":0.10}',
    '100.090000',
    { balance: '99.990000', gift: '0', credit: '0.10' },
  ],
  [
    'what a float cannot add',
    '{"status":"0","balance":"0.1","gift":"0.2","credit":"0"}',
    '0.3',
    { balance: '0.1', gift: '0.2', credit: '0' },
  ],
  [
    'more digits than a float has',
    '{"status":"0","balance":"90071992547409931.000001","gift":"1","credit":"0"}',
    '90071992547409932.000001',
    { balance: '90071992547409931.000001', gift: '1', credit: '0' },
  ],
  [
    'a debt',
    '{"status":"0","balance":"-0.50","gift":"0.2","credit":"0"}',
    '-0.30',
    { balance: '-0.50', gift: '0.2', credit: '0' },
  ],
  [
    'whole numbers',
    '{"status":"0","balance":"7","gift":"5","credit":"0"}',
    '12',
    { balance: '7', gift: '5', credit: '0' },
  ],
  [
    'gift and credit left out',
    '{"status":"0","balance":"7.5"}',
    '7.5',
    { balance: '7.5', gift: '0', credit: '0' },
  ],
])('%s', async (_, reply, spendable, amounts) => {
  buka().get('/v3/getBalance').reply(200, reply);
  expect(await provider.getBalance(account)).toEqual({
    spendable,
    // The documentation names none.
    currency: null,
    parts: [
      { name: 'balance', amount: amounts.balance, written: amounts.balance },
      { name: 'gift', amount: amounts.gift, written: amounts.gift },
      { name: 'credit', amount: amounts.credit, written: amounts.credit },
    ],
  });
});

test.each<[string, string, string | null, string | null]>([
  ['separators of thousands', '"1,234.50","gift":"1,000.00"', '2234.50', null],
  ['a European form', '"1.234,50","gift":"0,5"', '1235.00', null],
  ['a currency', '"12.5 EUR","gift":"EUR 1"', '13.5', 'EUR'],
  ['an exponent', '1E+3', '1000', null],
  ['what may be a thousand or one', '"1,234"', null, null],
  ['no number', '"plenty","gift":"1"', null, null],
  ['an object', '"1","gift":{"amount":1}', null, null],
  ['two currencies', '"1 EUR","gift":"2 USD"', null, null],
])('%s: read, or shown as it was written', async (_, amounts, spendable, currency) => {
  buka().get('/v3/getBalance').reply(200, `{"status":"0","balance":${amounts}}`);
  const balance = await provider.getBalance(account);
  expect(balance).toMatchObject({ spendable, currency });
  const [first] = balance.parts;
  expect(first?.written).toBe(JSON.parse(`[${amounts.split(',"gift"')[0]}]`.replace('1E+3', '"1E+3"'))[0]);
});
