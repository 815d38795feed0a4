import { openComparison } from '../../../src/batches/reconciling/compare-records';
import type { MessageStatus } from '../../../src/providers/sms-provider';
import { createTestApp, type TestApp } from '../../setup/app-context';

/** 120,000 texts over 70 days, two submissions of a thousand in nearly each, the last of them today. */
const DAYS = 70;
const COUNT = 120_000;
const DAY_MS = 86_400_000;

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

test('120,000 records over 70 days are compared page by page, each difference once', async () => {
  const { db } = testApp.app;
  const { batchId } = await testApp.draft(['13800138000']);
  const end = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS;
  const begin = end - DAYS * DAY_MS;
  const startedAt = (chunk: number) => begin + Math.floor((chunk * 1_000 * DAYS * DAY_MS) / COUNT);
  const chunks = Array.from({ length: COUNT / 1_000 }, (_, chunk) => chunk);
  await db('sms_submission').where({ batch_id: batchId }).delete();
  await db.raw(
    `insert into sms_submission (batch_id, account_id, chunk, attempt, size, outcome, started_at, finished_at)
     select ?::bigint, ?::bigint, chunk, 1, 1000, 'accepted', at, at
     from unnest(?::int[], ?::timestamptz[]) as one (chunk, at)`,
    [
      batchId,
      testApp.accountId,
      chunks.map((one) => one + 2),
      chunks.map((one) => new Date(startedAt(one)).toISOString()),
    ],
  );
  await db.raw(
    `insert into sms_batch_buka_detail
       (batch_id, position, chunk, order_id, recipient_number, source, line, status, provider_message_id, submission_id)
     select :batchId::bigint, n + 2, submission.chunk, 'o-' || n, '+86139' || lpad(n::text, 8, '0'), 0, n + 2,
       'delivered', 'm-' || n, submission.id
     from generate_series(0, :count::int - 1) as n
     join sms_submission as submission on submission.batch_id = :batchId and submission.chunk = n / 1000 + 2`,
    { batchId, count: COUNT },
  );
  // One of their records is foreign, one has another outcome, and one is missing.
  const theirs = (n: number): MessageStatus => ({
    messageId: n === 7 ? 'm-foreign' : `m-${n}`,
    orderId: null,
    recipientNumber: `+86139${String(n).padStart(8, '0')}`,
    status: n === 60_000 ? 'failed' : 'delivered',
    sendTime: null,
  });
  const gone = [7, 119_999];
  const pageSizes: number[] = [];
  testApp.provider.queryMessageStatusByTimeRange = async function* (_account, start, until) {
    for (const chunk of chunks) {
      if (startedAt(chunk) < start.getTime() || startedAt(chunk) >= until.getTime()) continue;
      const all = Array.from({ length: 1_000 }, (_, index) => chunk * 1_000 + index);
      const page = all.filter((n) => n !== 119_999).map(theirs);
      pageSizes.push(page.length);
      yield page;
    }
  };
  const asked: string[] = [];
  testApp.provider.queryMessageStatusByIds = async (_account, ids) => {
    asked.push(...ids);
    const results = ids.map((messageId) => ({ ...theirs(0), messageId, status: 'unknown' as const }));
    return { results, totalSuccess: 0, totalFail: 0, totalSending: 0, totalNotFound: ids.length };
  };
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const { leftOutDays, differences } = await openComparison(testApp.app, {
    tenantId: testApp.tenantId,
    userId: testApp.userId,
    provider: 'onbuka',
    from: day(begin),
    to: day(end - DAY_MS),
    timeZone: 'UTC',
  });
  const found = [];
  for await (const block of differences()) found.push(...block);
  expect(leftOutDays).toBe(0);
  expect(pageSizes.reduce((sum, size) => sum + size, 0)).toBe(COUNT - 1);
  expect(asked).toEqual(gone.map((n) => `m-${n}`));
  expect(found.map(({ kind, messageId }) => [kind, messageId])).toEqual([
    ['only_theirs', 'm-foreign'],
    ['only_ours', 'm-7'],
    ['outcome', 'm-60000'],
    ['only_ours', 'm-119999'],
  ]);
}, 120_000);
