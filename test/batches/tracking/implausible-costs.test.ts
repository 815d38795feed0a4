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
});
