import { getBatchDetails } from '../../../src/batches/views/get-batch-details';
import { getBatchView } from '../../../src/batches/views/get-batch-view';
import { getUsageReport } from '../../../src/batches/views/get-usage-report';
import { createTestApp, type TestApp } from '../../setup/app-context';
import { reportOf, webhookFixture } from './webhook-fixture';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { push, accepted, countsOf, recipient } = webhookFixture(() => testApp);
const priced = (pay: string, currency: string) => ({ pricedetail: { pay, currency, chargeCnt: 1 } });

/** Recipe 20 of the attacks. */
test('a cost that no text has is in no sum, and the outcome of its report counts', async () => {
  const { batchId, sent } = await accepted(6);
  const costs = [
    priced('9999999', 'EUR'),
    priced('100.01', 'EUR'),
    priced('-0.05', 'EUR'),
    priced('100001', 'VND'),
    priced('100', 'EUR'),
    priced('900', 'VND'),
  ];
  await push(...sent.map((one, index) => reportOf(one, costs[index])));
  expect(await countsOf(batchId)).toEqual({ delivered: 6, status: 'completed' });
  const sums = await testApp.app
    .db('sms_batch_cost')
    .orderBy('currency')
    .select('currency', 'cost_each', 'messages');
  expect(sums).toEqual([
    { currency: 'EUR', cost_each: '100.000000', messages: 1 },
    { currency: 'VND', cost_each: '900.000000', messages: 1 },
  ]);
  expect((await recipient(sent[0].orderId)).cost).toBeNull();
  expect(await shownOf(batchId)).toEqual({ view: 4, details: 4, usage: 4 });
});

test('it is told once however often it comes, and no more once a plausible one is known', async () => {
  const { batchId, sent } = await accepted(3);
  const [first, second, third] = sent.map((one) => reportOf(one, priced('-1', 'EUR')));
  await push(first, first, second);
  await push([first, second]);
  expect(await shownOf(batchId)).toEqual({ view: 2, details: 2, usage: 2 });
  expect((await historyOf(batchId, sent[0].recipientNumber))[0]).toMatchObject({
    isCostImplausible: true,
    cost: null,
  });
  await push(reportOf(sent[0], priced('0.03', 'EUR')), third, { ...third, ...priced('0.03', 'EUR') });
  await push(first, third);
  expect(await shownOf(batchId)).toEqual({ view: 1, details: 1, usage: 1 });
  expect((await historyOf(batchId, sent[0].recipientNumber))[0]).toMatchObject({
    isCostImplausible: false,
    cost: { sum: '0.03', currency: 'EUR', segments: 1 },
  });
});

test('a report that is not believed tells none', async () => {
  const { batchId, sent } = await accepted(1);
  await push(reportOf(sent[0], { appId: 'another', ...priced('-1', 'EUR') }));
  expect(await shownOf(batchId)).toEqual({ view: 0, details: 0, usage: 0 });
});

const detailsOf = (batchId: string, search: string) =>
  getBatchDetails(testApp.app, testApp.actor, { batchId, filter: 'all', search, page: 1, pageSize: 5 });

const historyOf = async (batchId: string, number: string) =>
  (await detailsOf(batchId, number))?.history ?? [];

/** How many such costs people are told of. */
async function shownOf(batchId: string) {
  const { app, actor } = testApp;
  const view = await getBatchView(app, actor, batchId);
  const day = (await app.db.raw(`select (now() at time zone 'UTC')::date::text as day`)).rows[0].day;
  const usage = await getUsageReport(app, actor, { from: day, to: day, timeZone: 'UTC' });
  return {
    view: view && 'insights' in view ? view.insights?.cost?.implausible : undefined,
    details: (await detailsOf(batchId, ''))?.implausibleCosts,
    usage: usage.implausibleCosts,
  };
}
