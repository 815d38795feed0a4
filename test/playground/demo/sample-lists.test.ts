import { makeSampleLists } from '@bulk-sms/playground/demo/sample-lists';
import { byLine, read } from '../../recipients/read-text';

/** The page tells people what is in the files; the bot must find just that. */
const found = async (name: string) => {
  const { content } = makeSampleLists().find((sample) => sample.name === name) ?? {
    content: Buffer.alloc(0),
  };
  const outcome = await read(content);
  const duplicates = outcome.rejected.filter(({ reason }) => reason.code === 'duplicate').length;
  return { outcome, good: outcome.accepted.length, bad: outcome.rejected.length - duplicates, duplicates };
};

test.each([
  ['customers.csv', { good: 18, bad: 3, duplicates: 3 }],
  ['customers-10000.csv', { good: 9_700, bad: 120, duplicates: 180 }],
])('%s holds what its description says', async (name, counts) => {
  expect(await found(name)).toMatchObject(counts);
});

test('the bot reads what it can of the nasty sample and leaves out the rest, with a reason', async () => {
  const { outcome } = await found('customers-nasty.csv');
  expect(outcome.accepted.map(({ number }) => number.slice(-4))).toEqual([
    '7000',
    '7001',
    '7002',
    '7003',
    '7004',
    '7005',
    '7006',
    '7007',
    '7008',
    '0123',
    '7009',
  ]);
  const reasons = Object.values(byLine(outcome)).filter((one) => !one.startsWith('+'));
  expect(reasons.sort()).toEqual([
    'damaged_by_spreadsheet',
    'duplicate',
    'landline',
    'no_number',
    'too_short',
  ]);
});
