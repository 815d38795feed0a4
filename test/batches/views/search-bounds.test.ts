import { listRejected } from '../../../src/batches/store/rejected-rows';
import type { DetailFilter } from '../../../src/batches/views/batch-details';
import { getBatchDetails } from '../../../src/batches/views/get-batch-details';
import { listMatches } from '../../../src/batches/views/search-recipients.sql';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

/** Rows left out beside those of the list; the attack had 860,000. */
const LEFT_OUT = process.env.FAULTS === 'full' ? 860_000 : 60_000;
const SEARCHED = 50_000;

let testApp: TestApp;
let batchId: string;
let orderPrefix: string;
beforeAll(async () => {
  testApp = await createTestApp();
  batchId = await testApp.started(mobiles(200));
  orderPrefix = String((await testApp.batch(batchId)).order_prefix);
  const { db } = testApp.app;
  // Rows of another list lie before these: they are not looked at.
  const other = await testApp.started(mobiles(1));
  for (const [of, from, rows] of [
    [other, 1, 20_000],
    [batchId, 1, LEFT_OUT],
  ] as const) {
    await db.raw(
      `insert into sms_rejected_recipient (batch_id, source, line, raw, reason, reason_detail)
       select :of, 0, line, 'x-' || (100000000 + line), 'no_number', '{"code":"no_number"}'
       from generate_series(:from::int, :rows::int) as line`,
      { of, from, rows },
    );
  }
  await db('sms_batch')
    .where({ id: batchId })
    .update({ rejected_count: LEFT_OUT, entry_count: 200 + LEFT_OUT });
  await db.raw('analyze sms_rejected_recipient, sms_batch_buka_detail');
});
afterAll(() => testApp.close());

const search = (filter: DetailFilter, text: string) =>
  getBatchDetails(testApp.app, testApp.actor, { batchId, filter, search: text, page: 1, pageSize: 10 });

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** How Postgres ran the last statement of `read` about this table: each node that reads rows of it. */
async function scansOf(table: string, read: () => Promise<unknown>): Promise<Plan[]> {
  const { reads } = testApp.app;
  let asked: { sql: string; bindings: unknown[] } | null = null;
  const note = (query: { sql: string; bindings: unknown[] }) => {
    if (query.sql.includes(table) || query.sql.includes('sms_batch_recipient')) asked = query;
  };
  reads.on('query', note);
  await read();
  reads.removeListener('query', note);
  const { sql, bindings } = asked as unknown as { sql: string; bindings: (string | number)[] };
  const positional = sql.replace(/\$\d+/g, '?');
  const { rows } = await reads.raw(`explain (analyze, format json) ${positional}`, bindings);
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
  return nodes(rows[0]['QUERY PLAN'][0].Plan).filter((node) => node['Relation Name'] === table);
}

test('digits are looked for among the first 50,000 rows left out, and the reader is told that there are more', async () => {
  const last = 100_000_000 + SEARCHED;
  expect(await search('left_out', String(last))).toMatchObject({
    rejectedRows: [{ line: SEARCHED }],
    searchedFirst: SEARCHED,
  });
  expect(await search('left_out', String(last + 1))).toMatchObject({
    rejectedRows: [],
    searchedFirst: SEARCHED,
  });
  expect(await search('left_out', '')).toMatchObject({ searchedFirst: null });
  expect(await search('all', '138 0013 8')).toMatchObject({ searchedFirst: null });
});

test('no search reads more rows left out than that, nor those of another list', async () => {
  const range = { offset: 0, limit: 10 };
  const cells = { digits: '4711', among: 1_000 };
  const scans = await scansOf('sms_rejected_recipient', () =>
    listRejected(testApp.app.reads, batchId, cells, range),
  );
  expect(
    scans.map((scan) => [scan['Index Name'], scan['Actual Rows'], scan['Rows Removed by Filter'] ?? 0]),
  ).toEqual([['sms_rejected_recipient_read', 1_000, 0]]);
});

test('a page of them is read by the index, whatever lies before it in the table', async () => {
  const range = { offset: 0, limit: 10 };
  const [scan] = await scansOf('sms_rejected_recipient', () =>
    listRejected(testApp.app.reads, batchId, null, range),
  );
  expect(scan).toMatchObject({ 'Index Name': 'sms_rejected_recipient_read', 'Actual Rows': 10 });
});

test('last digits are looked for among the first recipients of this list alone', async () => {
  const key = { batchId, orderPrefix };
  const range = { offset: 0, limit: 10 };
  const among = { lastDigits: '8100', among: 101 };
  const found = (search: object) => listMatches(testApp.app.reads, key, search, range);
  expect(await found(among)).toEqual([expect.objectContaining({ line: 101 })]);
  expect(await found({ ...among, among: 100 })).toEqual([]);
  const scans = await scansOf('sms_batch_buka_detail', () => found({ ...among, among: 100 }));
  for (const scan of scans) {
    expect(scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(201);
  }
});
