import fc from 'fast-check';
import { createBatch } from '../../src/batches/importing/create-batch';
import { importRecipients } from '../../src/batches/importing/import-recipients';
import type { Outcome } from '../recipients/read-text';
import { read } from '../recipients/read-text';
import { createTestApp, type TestApp } from '../setup/app-context';

/** Phones are 202-555-01xx and 303-555-01xx; other columns have numbers that nobody may text. */
const phone = fc.integer({ min: 100, max: 199 }).map((last) => `2025550${last}`);
const order = fc.integer({ min: 100, max: 199 }).map((last) => `5125550${last}`);
const name = fc.constantFrom('Ann', 'Bo', 'Li Wei', 'Zoë', '');

/** How a cell with phones may be written. Each number in it is on the list. */
const phoneCell = fc.oneof(
  { weight: 6, arbitrary: phone.map((number) => [number, [number]] as const) },
  { weight: 1, arbitrary: phone.map((number) => [`Tel. ${number}`, [number]] as const) },
  {
    weight: 1,
    arbitrary: fc.tuple(phone, phone).map(([a, b]) => [`${a} / ${b}`, [a, b]] as const),
  },
  { weight: 1, arbitrary: fc.constantFrom(['n/a', []] as const, ['', []] as const) },
);

type Kind = 'whole' | 'shifted' | 'short' | 'padded';
const row = fc.record({
  name,
  order,
  phones: phoneCell,
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Kind>('whole') },
    { weight: 1, arbitrary: fc.constantFrom<Kind>('shifted', 'short', 'padded') },
  ),
});

const header = fc.constantFrom(
  'name,order no,phone',
  'Name,Order Number,Mobile',
  'name,order no,phone (e.g. 2025550123)',
  '姓名,订单号,手机号',
);

const table = fc.record({
  title: fc.constantFrom('', 'Customers,,', 'Phone list,,'),
  header,
  rows: fc.array(row, { minLength: 1, maxLength: 30 }),
});

interface Table {
  text: string;
  /** The lines of the rows, and the numbers in each that are on the list. */
  rows: { line: number; numbers: readonly string[] }[];
}

function write(generated: typeof table extends fc.Arbitrary<infer T> ? T : never): Table {
  const lines: string[] = generated.title ? [generated.title, generated.header] : [generated.header];
  const rows: Table['rows'] = [];
  for (const { name: who, order: ordered, phones, kind } of generated.rows) {
    const [cell, numbers] = phones;
    const written = {
      whole: `${who},${ordered},${cell}`,
      // An unquoted comma in the name.
      shifted: `${who}, Inc,${ordered},${cell}`,
      short: `${ordered},${cell}`,
      padded: `${who},${ordered},${cell},,`,
    };
    lines.push(written[kind]);
    rows.push({ line: lines.length, numbers });
  }
  return { text: `${lines.join('\n')}\n`, rows };
}

const national = (number: string) => number.replace('+1', '');

function check(outcome: Outcome, { text, rows }: Table): void {
  if (outcome.end) {
    // Asked instead of guessed: nothing is read yet.
    expect(outcome.end.kind).toBe('column_in_doubt');
    return;
  }
  const { accepted, rejected, findings, layout } = outcome;
  const lines = new Set([...accepted, ...rejected].map(({ line }) => line));
  const headings = new Set(layout?.headings);
  for (const { line } of rows) expect(lines.has(line) || headings.has(line)).toBe(true);
  for (const line of headings) expect(text.split('\n')[line - 1]).not.toMatch(/\d{7}/);
  expect(findings?.entries).toBe(accepted.length + rejected.length);
  const onTheList = new Set(rows.flatMap(({ numbers }) => numbers));
  for (const { number } of accepted) expect(onTheList).toContain(national(number));
  // Who is neither accepted nor listed with the line is forgotten.
  const texted = new Set(accepted.map(({ number }) => national(number)));
  const leftOut = new Set(rejected.map(({ line }) => line));
  for (const { line, numbers } of rows)
    for (const number of numbers) expect(texted.has(number) || leftOut.has(line)).toBe(true);
}

test('of any table nobody is lost, and only who is under the phones is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (generated) => {
      const written = write(generated);
      check(await read(written.text, { defaultCountry: 'US' }), written);
    }),
    { numRuns: 300 },
  );
});

describe('the database', () => {
  let testApp: TestApp;
  beforeAll(async () => {
    testApp = await createTestApp();
  });
  afterAll(() => testApp.close());

  let lists = 0;

  async function importList(text: string): Promise<string> {
    const { app, actor } = testApp;
    lists += 1;
    app.sources.test = () =>
      (async function* () {
        yield Buffer.from(text);
      })();
    const { batchId } = await createBatch(app, actor, {
      accountId: null,
      submitKey: `generated-${lists}`,
      content: 'Hello',
      senderId: null,
      defaultCountry: 'US',
      sources: [{ kind: 'file', origin: 'test', ref: 'F1', name: 'list.csv', sizeBytes: text.length }],
    });
    await importRecipients(app, batchId);
    return batchId;
  }

  it('counts the same entries as the reader', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (generated) => {
        const { text } = write(generated);
        const outcome = await read(text, { defaultCountry: 'US' });
        const batchId = await importList(text);
        const source = await testApp.app.db('sms_batch_source').where({ batch_id: batchId }).first();
        const stored = await testApp.app
          .db('sms_batch_recipient')
          .where({ batch_id: batchId })
          .count('* as n');
        if (outcome.end) {
          expect(source.entry_count).toBeNull();
          return;
        }
        expect(source).toMatchObject({
          accepted_count: outcome.accepted.length,
          rejected_count: outcome.rejected.length,
          entry_count: outcome.findings?.entries,
          row_count: outcome.findings?.rows,
        });
        expect(Number(stored[0]?.n)).toBe(outcome.accepted.length);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses a reading that has lost somebody', async () => {
    const batchId = await importList('phone\n2025550123\n2025550124\n');
    const { db } = testApp.app;
    const change = (counts: object) => db('sms_batch_source').where({ batch_id: batchId }).update(counts);
    await expect(change({ accepted_count: 1 })).rejects.toThrow('sms_batch_source_counts_add_up');
    await expect(change({ row_count: 4 })).rejects.toThrow('sms_batch_source_counts_add_up');
    const wrong = db('sms_batch').where({ id: batchId }).update({ entry_count: 3 });
    await expect(wrong).rejects.toThrow('sms_batch_entries_add_up');
  });
});
