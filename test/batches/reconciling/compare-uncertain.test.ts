import { resendUncertain } from '../../../src/batches/control/send-again';
import { type Difference, openComparison } from '../../../src/batches/reconciling/compare-records';
import { ACCOUNT, acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { uncertainSince } from '../sending/send-outcomes';

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
  const day = (agoMs: number) => new Date(Date.now() - agoMs).toISOString().slice(0, 10);
  const { tenantId, userId } = testApp;
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
  expect(await compare()).toMatchObject([
    { kind: 'uncertain', messageId: 'm-1', number: NUMBER, batchId, ours: 'unknown', theirs: 'delivered' },
  ]);
  expect(await testApp.recipients(batchId)).toEqual({ unknown: 1 });
});

test('a record of one account is no unknown text of another', async () => {
  const { app, provider, tenantId } = testApp;
  const second = await app.accounts.save(
    { tenantId, provider: 'onbuka', name: 'second' },
    { ...ACCOUNT, subAccount: 'second' },
  );
  await app.db('provider_account').update({ is_default: false });
  await app.db('provider_account').where({ id: second }).update({ is_default: true });
  await uncertainSince(testApp, 2 * HOUR_MS);
  providerHas('of-the-first', 2 * HOUR_MS);
  const list = provider.queryMessageStatusByTimeRange;
  provider.queryMessageStatusByTimeRange = async function* (account, ...asked) {
    if (account.subAccount === ACCOUNT.subAccount) yield* list(account, ...asked);
  };
  expect(kinds(await compare())).toEqual({ 'of-the-first': 'only_theirs' });
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
  await resendUncertain(testApp.app, testApp.actor, { batchId });
  await testApp.submit(batchId);
  providerHas('first', 2 * HOUR_MS);
  expect((await compare()).map((one) => [one.messageId, one.kind, one.batchId])).toEqual([
    ['first', 'uncertain', batchId],
  ]);
});

test('a text in an open request is perhaps ours, and no difference once the request is answered', async () => {
  const batchId = await testApp.started(mobiles(1));
  let answer = () => {};
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
  const turn = testApp.submit(batchId);
  while (testApp.provider.statuses.size === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(Object.values(kinds(await compare()))).toEqual(['perhaps_ours']);

  // The request is answered between two reads of our tables, while another text's time range is queried.
  await uncertainSince(testApp, 2 * HOUR_MS, mobiles(1, 13_900_139_000));
  providerHas('other', 2 * HOUR_MS, '+8613900139000');
  const list = testApp.provider.queryMessageStatusByTimeRange;
  testApp.provider.queryMessageStatusByTimeRange = async function* (...asked) {
    const [, start, end] = asked;
    const pages = [];
    for await (const page of list(...asked)) pages.push(page);
    if (end.getTime() - start.getTime() < HOUR_MS) {
      answer();
      await turn;
      // The scripted provider calls what it accepts `sending`. In the first hours of a day this text is on the next page.
      redeliver();
      await testApp.app
        .db('sms_batch_buka_detail')
        .where({ batch_id: batchId })
        .update({ status: 'delivered' });
    }
    yield* pages;
  };
  expect(kinds(await compare())).toEqual({ other: 'uncertain' });
});
