import { account, entry, message, messages, numberOf } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

const REASON = 'the provider did not accept this number';
const acceptedOf = (index: number) => ({ orderId: `order-${index}`, messageId: entry(index).msgId });
const refusedOf = (index: number) => ({ orderId: `order-${index}`, reason: REASON });
const orderOf = (index: number) => ({ orderId: `order-${index}` });
/** The provider has taken the request, so that nothing of it may be sent later. */
const ANSWERED = { deferred: [], because: null };

async function sendTwo(reply: string | object) {
  buka()
    .post('/v3/sendSms')
    .reply(200, reply as object);
  return await provider.sendSmsBatch(account, { messages: messages(2) });
}

const ok = (array: unknown, success: unknown, fail: unknown) => ({
  status: '0',
  reason: 'success',
  success,
  fail,
  array,
});

describe('two accepted', () => {
  const both = {
    accepted: [acceptedOf(0), acceptedOf(1)],
    refused: [],
    unclear: [],
    ...ANSWERED,
  };
  const { msgId, ...rest } = entry(0);

  test.each<[string, string | object]>([
    ['as documented', ok([entry(0), entry(1)], '2', '0')],
    ['with counts and status as numbers', { ...ok([entry(0), entry(1)], 2, 0), status: 0 }],
    ['with msgid for msgId', ok([{ ...rest, msgid: msgId }, entry(1)], '2', '0')],
    ['in another order', ok([entry(1), entry(0)], '2', '0')],
    ['without order ids, by number', ok([{ msgId, number: numberOf(0) }, entry(1)], '2', '0')],
    ['without numbers, by order id', ok([{ msgId, orderId: 'order-0' }, entry(1)], '2', '0')],
    ['with a + before the number', ok([{ ...entry(0), number: `+${numberOf(0)}` }, entry(1)], '2', '0')],
    [
      'with a blank in the key',
      ok([{ msgId, number: numberOf(0), 'orderId ': 'order-0' }, entry(1)], '2', '0'),
    ],
    ['with one entry twice', ok([entry(0), entry(0), entry(1)], '2', '0')],
    ['without counts', ok([entry(0), entry(1)], undefined, undefined)],
  ])('%s', async (_, reply) => {
    expect(await sendTwo(reply)).toEqual(both);
  });

  test('with bare numbers of 19 digits for ids', async () => {
    const bare = JSON.stringify(ok([entry(0), entry(1)], 2, 0)).replaceAll(/"(\d{13,})"/g, '$1');
    expect(bare).toContain(`:${msgId},`);
    expect(await sendTwo(bare)).toEqual(both);
  });
});

describe('one of two accepted', () => {
  test('the other is refused when the counts say so', async () => {
    expect(await sendTwo(ok([entry(1)], '1', '1'))).toEqual({
      accepted: [acceptedOf(1)],
      refused: [refusedOf(0)],
      unclear: [],
      ...ANSWERED,
    });
  });

  test.each<[string, object]>([
    ['success says two', ok([entry(1)], '2', '0')],
    ['fail says none', ok([entry(1)], '1', '0')],
    ['there is no fail', ok([entry(1)], '1', undefined)],
    ['there is no success', ok([entry(1)], undefined, '1')],
    ['the counts are words', ok([entry(1)], 'one', 'one')],
    ['a number that we did not send is listed', ok([entry(1), entry(7)], '2', '0')],
    ['a number that we did not send is listed, not counted', ok([entry(1), entry(7)], '1', '1')],
    ['an unreadable entry is listed, not counted', ok([entry(1), null], '1', '1')],
  ])('the other is unclear when %s', async (_, reply) => {
    expect(await sendTwo(reply)).toEqual({
      accepted: [acceptedOf(1)],
      refused: [],
      unclear: [orderOf(0)],
      ...ANSWERED,
    });
  });
});

describe('none accepted', () => {
  test('all are refused when the counts say so', async () => {
    expect(await sendTwo(ok([], '0', '2'))).toEqual({
      accepted: [],
      refused: [refusedOf(0), refusedOf(1)],
      unclear: [],
      ...ANSWERED,
    });
  });

  test.each<[string, object]>([
    ['nothing is counted', ok([], '0', '0')],
    ['success is counted and the list is null', ok(null, '2', '0')],
    ['there is no list at all', { status: '0', reason: 'success' }],
    ['the list is not a list', ok({}, '2', '0')],
  ])('all are unclear when %s', async (_, reply) => {
    expect(await sendTwo(reply)).toEqual({
      accepted: [],
      refused: [],
      unclear: [orderOf(0), orderOf(1)],
      ...ANSWERED,
    });
  });
});

describe('a contradiction leaves unclear', () => {
  test.each<[string, unknown[], number[]]>([
    ['both that were given one id', [entry(0), { ...entry(1), msgId: entry(0).msgId }], [0, 1]],
    ['one with two ids', [entry(0), { ...entry(0), msgId: entry(5).msgId }, entry(1)], [0]],
    ['one without an id', [{ ...entry(0), msgId: '' }, entry(1)], [0]],
    [
      'both, where the order id is of one and the number of the other',
      [{ ...entry(0), number: numberOf(1) }],
      [0, 1],
    ],
    [
      'one whose entry has an order id that is not ours',
      [{ ...entry(0), orderId: 'foreign' }, entry(1)],
      [0],
    ],
    ['one whose entry has a number that is not ours', [{ ...entry(0), number: numberOf(9) }, entry(1)], [0]],
  ])('%s', async (_, array, unclear) => {
    const outcome = await sendTwo(ok(array, '2', '0'));
    expect(outcome).toMatchObject({ refused: [], unclear: unclear.map(orderOf), ...ANSWERED });
  });
});

test('order ids tell two texts to one number apart', async () => {
  const twice = [message(0), { ...message(1), recipientNumber: message(0).recipientNumber }];
  const { orderId: _, ...unnamed } = entry(0);
  buka()
    .post('/v3/sendSms')
    .reply(200, ok([unnamed], '1', '1'));
  const outcome = await provider.sendSmsBatch(account, { messages: twice });
  expect(outcome).toEqual({
    accepted: [],
    refused: [],
    unclear: [orderOf(0), orderOf(1)],
    ...ANSWERED,
  });
});

test('half of a thousand in reverse, the rest refused', async () => {
  const half = messages(1000).flatMap((_, index) => (index % 2 === 0 ? [entry(index)] : []));
  buka()
    .post('/v3/sendSms')
    .reply(200, ok(half.reverse(), '500', '500'));

  const outcome = await provider.sendSmsBatch(account, { messages: messages(1000) });

  const indexes = messages(1000).map((_, index) => index);
  expect(outcome).toEqual({
    accepted: indexes.filter((index) => index % 2 === 0).map(acceptedOf),
    refused: indexes.filter((index) => index % 2 === 1).map(refusedOf),
    unclear: [],
    ...ANSWERED,
  });
});
