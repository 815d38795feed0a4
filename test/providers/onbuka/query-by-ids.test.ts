import { account, entry, numberOf } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

const id = (index: number) => entry(index).msgId;
const ids = (count: number) => Array.from({ length: count }, (_, index) => id(index));
const record = (index: number, status: unknown = '0') => ({
  msgId: id(index),
  number: numberOf(index),
  receiveTime: '2021-02-12T09:30:03+08:00',
  status,
});
const result = (index: number, status: string) => ({
  messageId: id(index),
  orderId: null,
  recipientNumber: `+${numberOf(index)}`,
  status,
  sendTime: '2021-02-12T01:30:03.000Z',
});
const notFound = (messageId: string) => ({
  messageId,
  orderId: null,
  recipientNumber: '',
  status: 'unknown',
  sendTime: null,
});

/** Answers every call with `answer` of its ids and records the ids. */
function answerWith(callCount: number, answer: (asked: string[]) => object | string): string[][] {
  const calls: string[][] = [];
  buka()
    .get('/v3/getReport')
    .query(({ appId }) => appId === account.subAccount)
    .times(callCount)
    .reply(200, (uri) => {
      const asked = new URL(uri, 'https://api.onbuka.test').searchParams.get('msgIds')?.split(',') ?? [];
      calls.push(asked);
      return answer(asked) as object;
    });
  return calls;
}

test('each status, and an id that is not known yet', async () => {
  answerWith(1, () => ({
    status: '0',
    array: [record(0, '0'), record(1, '-1'), record(2, '1'), record(3, '2'), record(4, '7'), record(5, null)],
  }));

  expect(await provider.queryMessageStatusByIds(account, ids(7))).toEqual({
    results: [
      result(0, 'delivered'),
      result(1, 'sending'),
      result(2, 'failed'),
      result(3, 'failed'),
      result(4, 'unknown'),
      result(5, 'unknown'),
      notFound(id(6)),
    ],
    totalSuccess: 1,
    totalFail: 2,
    totalSending: 1,
    // Two have a status that nobody knows; and the reply does not count the one it leaves out.
    totalNotFound: 0,
  });
});

test('statuses and ids as bare numbers', async () => {
  const body = JSON.stringify({ status: 0, array: [record(0, 0), record(1, -1), record(2, 1)] });
  answerWith(1, () => body.replaceAll(/"(\d{13,})"/g, '$1').replaceAll('msgId', 'msgid'));
  const { results } = await provider.queryMessageStatusByIds(account, ids(3));
  expect(results).toEqual([result(0, 'delivered'), result(1, 'sending'), result(2, 'failed')]);
});

test('as many ids as one question takes are queried in one call, and none is lost', async () => {
  const count = provider.capabilities.idsPerQuestion;
  const calls = answerWith(1, (asked) => ({
    status: '0',
    array: asked.toReversed().map((messageId) => ({ msgId: messageId, status: '0' })),
  }));

  const { results, totalSuccess } = await provider.queryMessageStatusByIds(account, ids(count));

  expect(count).toBe(200);
  expect(calls).toEqual([ids(count)]);
  expect(results.map(({ messageId }) => messageId)).toEqual(ids(count));
  expect(totalSuccess).toBe(count);
});

test('more ids than one question takes are a programming error, found before any call', async () => {
  const tooMany = ids(provider.capabilities.idsPerQuestion + 1);
  await expect(provider.queryMessageStatusByIds(account, tooMany)).rejects.toThrow(RangeError);
});

test('an id given twice is queried and returned once', async () => {
  const calls = answerWith(1, () => ({ status: '0', array: [record(0), record(0)] }));
  const { results } = await provider.queryMessageStatusByIds(account, [id(0), id(0)]);
  expect(calls).toEqual([[id(0)]]);
  expect(results).toEqual([result(0, 'delivered')]);
});

test('no ids make no call', async () => {
  const list = await provider.queryMessageStatusByIds(account, []);
  expect(list).toEqual({ results: [], totalSuccess: 0, totalFail: 0, totalSending: 0, totalNotFound: 0 });
});

test('a record that was not requested, or is unreadable, changes nothing', async () => {
  answerWith(1, () => ({ status: '0', array: [record(9), { ...record(0), msgId: null }, 'x'] }));
  const { results } = await provider.queryMessageStatusByIds(account, [id(0)]);
  expect(results).toEqual([notFound(id(0))]);
});

test.each<[string, object]>([
  ['no such data', { status: '-24' }],
  ['a null list', { status: '0', nofound: '1', array: null }],
])('%s leaves the ids not found', async (_, reply) => {
  answerWith(1, () => reply);
  const { results, totalNotFound } = await provider.queryMessageStatusByIds(account, [id(0)]);
  expect(results).toEqual([notFound(id(0))]);
  expect(totalNotFound).toBe(1);
});

test('after a failure nothing is asked again', async () => {
  const calls = answerWith(1, () => ({ status: '-15' }));
  const asking = provider.queryMessageStatusByIds(account, ids(200));
  await expect(asking).rejects.toMatchObject({ code: '-15', fault: 'too_often' });
  expect(calls).toHaveLength(1);
});
