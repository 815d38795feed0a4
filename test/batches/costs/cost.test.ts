import { estimateCost } from '../../../src/batches/costs/estimate-cost';
import { addCosts, type PricedText } from '../../../src/batches/store/costs';
import { getBatchView } from '../../../src/batches/views/get-batch-view';
import { system } from '../../../src/tenants/actor';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
let first = 13_800_138_000;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

/** A batch whose texts were charged at these prices; `messages` texts at each. */
async function charged(...prices: (Partial<PricedText> & { messages: number })[]): Promise<string> {
  first += 1;
  const batchId = await testApp.started(mobiles(1, first));
  const priced = prices.flatMap(({ messages, ...price }) =>
    Array.from({ length: messages }, () => ({
      batchId,
      country: 'CN',
      cost: '0.032',
      currency: 'USD',
      segments: 1,
      ...price,
    })),
  );
  await testApp.app.db.transaction((trx) => addCosts(trx, priced));
  return batchId;
}

async function costOf(batchId: string, tenantId = testApp.tenantId) {
  return (await getBatchView(testApp.app, system(tenantId), batchId))?.insights.cost;
}

const estimate = (countries: Record<string, number>, segments = 1) =>
  estimateCost(testApp.app, {
    tenantId: testApp.tenantId,
    countries: Object.entries(countries).map(([country, count]) => ({ country: country || null, count })),
    segments,
  });

test('the cost of a batch is summed by currency, to the last decimal, over several sets', async () => {
  const batchId = await charged(
    { messages: 3, cost: '0.1', segments: 2 },
    { messages: 1, cost: '0.000001', country: 'GB', segments: null },
    { messages: 1, currency: 'EUR', cost: '7' },
  );
  await testApp.app.db.transaction((trx) =>
    addCosts(trx, [{ batchId, country: 'CN', cost: '0.100', currency: 'USD', segments: 2 }]),
  );
  expect(await costOf(batchId)).toEqual({
    sums: [
      { currency: 'USD', cost: '0.400001', segments: 8, messages: 5 },
      { currency: 'EUR', cost: '7.000000', segments: 1, messages: 1 },
    ],
    pricedTexts: 6,
    segmentsCharged: 9,
    implausible: 0,
  });
});

test('a batch without delivery reports has no sums, and a batch of another workspace is not found', async () => {
  const batchId = await testApp.started(mobiles(1));
  expect(await costOf(batchId)).toEqual({ sums: [], pricedTexts: 0, segmentsCharged: 0, implausible: 0 });
  expect(await costOf(batchId, '999')).toBeUndefined();
});

test('the estimate for the next batch uses the price of a segment in each country, with its range', async () => {
  await charged({ messages: 6, cost: '0.03' }, { messages: 4, cost: '0.08', segments: 2 });
  await charged({ messages: 1, cost: '0.02' }, { messages: 2, country: 'GB', cost: '0.05' });
  expect(await estimate({ CN: 1_000, GB: 10, FR: 5, '': 2 }, 3)).toEqual({
    countries: [
      {
        country: 'CN',
        count: 1_000,
        price: { currency: 'USD', least: '0.020000', median: '0.030000', most: '0.040000' },
      },
      {
        country: 'GB',
        count: 10,
        price: { currency: 'USD', least: '0.050000', median: '0.050000', most: '0.050000' },
      },
      { country: 'FR', count: 5, price: null },
      { country: null, count: 2, price: null },
    ],
    sums: [{ currency: 'USD', least: '61.500000', median: '91.500000', most: '121.500000' }],
    unpriced: 7,
  });
});

test('where the currency changed, the latest one counts; free texts and old batches are not used', async () => {
  const old = await charged({ messages: 9, cost: '0.9' });
  await testApp.app
    .db('sms_batch')
    .where({ id: old })
    .update({ created_at: testApp.app.db.raw(`now() - interval '91 days'`) });
  await charged({ messages: 5, currency: 'USD', cost: '0.5' });
  await charged({ messages: 1, currency: 'EUR', cost: '0.25' }, { messages: 9, currency: 'EUR', cost: '0' });
  await charged({ messages: 9, currency: 'GBP', cost: '0' });
  const { countries, sums } = await estimate({ CN: 4 });
  expect(countries[0]?.price).toEqual({
    currency: 'EUR',
    least: '0.250000',
    median: '0.250000',
    most: '0.250000',
  });
  expect(sums).toEqual([{ currency: 'EUR', least: '1.000000', median: '1.000000', most: '1.000000' }]);
});

test('the prices of another workspace are not used', async () => {
  const batchId = await charged({ messages: 5 });
  const [other] = await testApp.app
    .db('tenant')
    .insert({ slack_team_id: 'T2', name: 'Other' })
    .returning('id');
  await testApp.app.db('sms_batch').where({ id: batchId }).update({ tenant_id: other.id });
  expect(await estimate({ CN: 1 })).toMatchObject({ sums: [], unpriced: 1 });
});
