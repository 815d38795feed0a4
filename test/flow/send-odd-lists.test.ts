import type { SlackView } from '@bulk-sms/playground/slack/workspace/shapes';
import { listFile } from '../lists/read-list';
import { startTestSystem, type TestSystem } from '../setup/test-system';

/** Lists that went wrong for people, through the whole bot: the provider's ledger says who was texted. */

const ANNA = 'U0ANNA0001';
const WAIT = { timeoutMs: 60_000 };

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ buka: { apps: [{ ...account(), balance: '500' }] } });
});
afterAll(() => system.close());
beforeEach(() => system.buka.reset());

interface List {
  country: string;
  file?: string | { name: string; content: Buffer };
  paste?: string;
  message?: string;
}

/** Fills in the form and returns the first view that is not the progress of reading. */
async function review({ country, file, paste, message = 'Hello' }: List): Promise<SlackView> {
  const { slack } = system;
  const anna = slack.as(ANNA);
  await anna.command('/sms send', slack.channel('marketing').id);
  const form = await slack.waitFor(() => anna.modal(), WAIT);
  const upload = typeof file === 'string' ? { name: file, content: listFile(file) } : file;
  const { errors } = await anna.submit(form.id, {
    Message: message,
    'Default country': country,
    ...(upload ? { 'Recipients file': [upload] } : {}),
    ...(paste ? { 'Or paste numbers': paste } : {}),
  });
  expect(errors).toEqual({});
  return nextView();
}

const nextView = (): Promise<SlackView> =>
  system.slack.waitFor(() => {
    const view = system.slack.as(ANNA).modal();
    const isReading = JSON.stringify(view).includes('Reading your list');
    const isForm = view?.title?.text === 'Send bulk SMS';
    return isReading || isForm ? null : view;
  }, WAIT);

const shown = (view: SlackView) => JSON.stringify(view.blocks);

/** Presses Send and returns who was texted, once everybody on the list was. */
async function send(view: SlackView, count: number): Promise<string[]> {
  const { slack, buka, db } = system;
  expect(view.submit?.text).toBe(count === 1 ? 'Send 1 message' : `Send ${count} messages`);
  await slack.as(ANNA).submit(view.id);
  await slack.waitFor(() => buka.ledger.counts().once >= count, WAIT);
  const last = await db('sms_batch').max('id as id').first();
  const numbers: string[] = await db('sms_batch_recipient')
    .where({ batch_id: last?.id })
    .orderBy('order_id')
    .pluck('recipient_number');
  // The ledger knows nobody else, and nobody twice.
  expect(buka.ledger.counts(numbers)).toEqual({ once: count, moreThanOnce: 0, never: 0, unexpected: 0 });
  return numbers;
}

function account() {
  return { apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app'] };
}

const us = (last: number) => `+12025550${last}`;

test.each<[string, List, string[], string[]]>([
  [
    'a first line with a label is no heading',
    { country: 'US', file: 'label-in-first-line.csv' },
    [us(123), us(124), us(125)],
    [],
  ],
  [
    'an order number that an unquoted comma moved under the phones is not texted',
    { country: 'US', file: 'comma-in-name-shifts-row.csv' },
    [us(123), us(125)],
    ['line 3'],
  ],
  [
    'several numbers a line are all on the list',
    { country: 'US', file: 'several-per-line-under-header.csv' },
    [us(123), us(124), us(125), us(126)],
    [],
  ],
  ['lines may end with U+2028', { country: 'US', file: 'line-separator-u2028.csv' }, [us(123), us(124)], []],
  [
    'the column with the country is read',
    { country: 'US', file: 'country-code-column.csv' },
    ['+919198123456', us(123), '+447400123456'],
    ['Country Code'],
  ],
  [
    'an extension makes nobody in India',
    { country: 'US', file: 'extension-digits-abroad.csv' },
    [us(124)],
    ['Too long'],
  ],
  [
    'who says no is left out',
    { country: 'US', file: 'opt-out-column.csv' },
    [us(123)],
    ['Accepts SMS Marketing'],
  ],
])('%s', async (_, list, expected, said) => {
  const view = await review(list);
  for (const words of said) expect(shown(view)).toContain(words);
  expect(await send(view, expected.length)).toEqual(expected);
});

test('rounded numbers that were written out again reach nobody', async () => {
  const view = await review({ country: 'CN', file: 'rounded-then-written-out.csv' });
  expect(view.submit).toBeNull();
  expect(shown(view)).toContain('Damaged by a spreadsheet');
  await system.slack.as(ANNA).close(view.id);
});

test('two columns full of numbers are a question, and the answer can be changed in the review', async () => {
  const { slack } = system;
  const anna = slack.as(ANNA);
  const question = await review({ country: 'US', file: 'two-named-columns.csv' });
  expect(question.title?.text).toBe('Which column?');
  const options = JSON.stringify(question.blocks);
  expect(options).toContain('Customer Cell');
  expect(options).toContain('Sales Rep Phone');

  await anna.submit(question.id, { sms_column_0: optionOf(question, 'Sales Rep Phone') });
  const wrong = await nextView();
  expect(shown(wrong)).toContain('Sales Rep Phone');
  await anna.click(wrong.id, 'Change');
  const change = await slack.waitFor(() => {
    const front = anna.modal();
    return front && front.id !== wrong.id ? front : null;
  }, WAIT);
  await anna.submit(change.id, { 'Phone numbers': optionOf(change, 'Customer Cell') });
  const right = await slack.waitFor(() => {
    const front = anna.modal();
    return front?.submit?.text === 'Send 3 messages' ? front : null;
  }, WAIT);
  expect(await send(right, 3)).toEqual([us(123), us(124), us(125)]);
});

/** The value of the option that names a column. */
function optionOf(view: SlackView, name: string): string {
  const options = JSON.stringify(view.blocks).matchAll(/"text":"([^"]*)"[^}]*\},"value":"([^"]*)"/g);
  for (const [, text = '', value = ''] of options) if (text.includes(name)) return value;
  throw new Error(`No option names ${name}.`);
}
