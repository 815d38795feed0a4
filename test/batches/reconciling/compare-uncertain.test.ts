import { resendUncertain } from '../../../src/batches/control/send-again';
import { type Difference, openComparison } from '../../../src/batches/reconciling/compare-records';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import type { SendOutcome } from '../../../src/providers/sms-provider';
import { acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { timeout, uncertainSince } from '../sending/send-outcomes';

/** How the comparison classifies records with unknown ids to numbers that we have sent texts to. */
const HOUR_MS = 3_600_000;
const NUMBER = '+8613800138000';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

function providerHas(messageId: string, agoMs: number, number = NUMBER): void {
  const sentAt = new Date(Date.now() - agoMs).toISOString();
  testApp.provider.statuses.set(messageId, { number, status: 'delivered', sentAt });
}

async function compare(): Promise<Difference[]> {
  const { tenantId, userId } = testApp;
  const day = (agoMs: number) => new Date(Date.now() - agoMs).toISOString().slice(0, 10);
  const range = { from: day(24 * HOUR_MS), to: day(0), timeZone: 'UTC' };
  const { differences } = await openComparison(testApp.app, {
    tenantId,
    userId,
    provider: 'onbuka',
    ...range,
  });
  const found = [];
  for await (const block of differences()) found.push(...block);
  return found;
}

const kinds = (found: Difference[]) => Object.fromEntries(found.map((one) => [one.messageId, one.kind]));

test('a single record in the time range of a single unknown text is that text, and comes with its batch', async () => {
  const batchId = await uncertainSince(testApp, 2 * HOUR_MS);
  providerHas('m-1', 2 * HOUR_MS);
  expect(await compare()).toEqual([
    { kind: 'uncertain', messageId: 'm-1', number: NUMBER, batchId, ours: 'unknown', theirs: 'delivered' },
  ]);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
});

test('two records in the time range of one unknown text are both perhaps ours', async () => {
  await uncertainSince(testApp, 2 * HOUR_MS);
  providerHas('m-1', 2 * HOUR_MS);
  providerHas('m-2', 2 * HOUR_MS - 60_000);
  expect(kinds(await compare())).toEqual({ 'm-1': 'perhaps_ours', 'm-2': 'perhaps_ours' });
});

test('a record in the time range of two unknown texts is perhaps ours', async () => {
  await uncertainSince(testApp, 2 * HOUR_MS);
  await uncertainSince(testApp, 2 * HOUR_MS - 60_000);
  providerHas('m-1', 2 * HOUR_MS);
  const [found] = await compare();
  expect(found).toMatchObject({ kind: 'perhaps_ours', batchId: null, ours: null });
});

test('a record of another time or number is not ours, even on a day with an unknown text', async () => {
  await uncertainSince(testApp, 2 * HOUR_MS);
  providerHas('ours', 2 * HOUR_MS);
  providerHas('of-the-shop', HOUR_MS);
  providerHas('of-the-bank', 2 * HOUR_MS, '+8613900139000');
  expect(kinds(await compare())).toEqual({
    ours: 'uncertain',
    'of-the-shop': 'only_theirs',
    'of-the-bank': 'only_theirs',
  });
});

test('a text that a person has sent again is found as well: it went out twice', async () => {
  const batchId = await uncertainSince(testApp, 2 * HOUR_MS);
  const { tenantId, userId } = testApp;
  await resendUncertain(testApp.app, { tenantId, userId, batchId });
  await submitChunk(testApp.app, batchId, 0);
  providerHas('first', 2 * HOUR_MS);
  expect((await compare()).map((one) => [one.messageId, one.kind, one.batchId])).toEqual([
    ['first', 'uncertain', batchId],
  ]);
});

test('a text in an open request is perhaps ours, and no difference once the request is answered', async () => {
  const batchId = await testApp.started(mobiles(1));
  let answer = (_: SendOutcome) => {};
  let redeliver = () => {};
  testApp.provider.script = [
    (request) => {
      const deliver = () => {
        for (const { orderId } of request.messages) providerHas(`m-${orderId}`, 0);
      };
      deliver();
      return new Promise((resolve) => {
        answer = () => resolve(acceptAll(request));
        redeliver = deliver;
      });
    },
  ];
  const turn = submitChunk(testApp.app, batchId, 0);
  while (testApp.provider.statuses.size === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(Object.values(kinds(await compare()))).toEqual(['perhaps_ours']);

  // The request is answered between two reads of our tables, while another text's time range is queried.
  await uncertainSince(testApp, 2 * HOUR_MS, mobiles(1, 13_900_139_000));
  providerHas('other', 2 * HOUR_MS, '+8613900139000');
  const list = testApp.provider.queryMessageStatusByTimeRange;
  testApp.provider.queryMessageStatusByTimeRange = async (...asked) => {
    const [, start, end] = asked;
    const records = await list(...asked);
    if (end.getTime() - start.getTime() < HOUR_MS) {
      answer(timeout);
      await turn;
      // The scripted provider calls what it accepts `sending`. In the first hours of a day this text is on the next page.
      redeliver();
      await testApp.app
        .db('sms_batch_buka_detail')
        .where({ batch_id: batchId })
        .update({ status: 'delivered' });
    }
    return records;
  };
  expect(kinds(await compare())).toEqual({ other: 'uncertain' });
});
