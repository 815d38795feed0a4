import { account, numberOf } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

const START = new Date('2022-08-01T00:00:00Z');
const END = new Date('2022-08-02T00:00:00Z');

const record = (index: number, receiveTime = '2022-08-01T12:00:00+08:00') => ({
  number: numberOf(index),
  sendId: 'ACME',
  receiveTime,
  content: `reply ${index}`,
  mcc: 460,
  mnc: -1,
});

interface Asked {
  appId: string;
  current: number;
  size: number;
  params: { strTime: string; endTime: string };
}

function answerWith(answer: (asked: Asked) => object): Asked[] {
  const calls: Asked[] = [];
  buka()
    .post('/v3/recordMo')
    .optionally()
    .times(20)
    .reply(200, (_uri, body) => {
      calls.push(body as unknown as Asked);
      return answer(body as unknown as Asked) as Record<string, unknown>;
    });
  return calls;
}

const pageOf = (all: object[]) => (asked: Asked) => ({
  status: '0',
  data: {
    total: all.length,
    pages: Math.ceil(all.length / asked.size),
    records: all.slice((asked.current - 1) * asked.size, asked.current * asked.size),
  },
});

test('250 messages in 3 pages of 100', async () => {
  const calls = answerWith(pageOf(Array.from({ length: 250 }, (_, index) => record(index))));

  const messages = await provider.listInboundMessages(account, START, END);

  expect(calls.map(({ current, size }) => [current, size])).toEqual([
    [1, 100],
    [2, 100],
    [3, 100],
  ]);
  expect(calls[0]).toMatchObject({
    appId: account.subAccount,
    params: { strTime: '2022-08-01T08:00:00+08:00', endTime: '2022-08-02T08:00:00+08:00' },
  });
  expect(messages).toHaveLength(250);
  expect(messages[249]).toEqual({
    subAccount: null,
    messageId: null,
    fromNumber: `+${numberOf(249)}`,
    toSenderId: 'ACME',
    content: 'reply 249',
    receivedAt: '2022-08-01T04:00:00.000Z',
  });
});

test('a full last page ends at the number of pages', async () => {
  const calls = answerWith(pageOf(Array.from({ length: 100 }, (_, index) => record(index))));
  expect(await provider.listInboundMessages(account, START, END)).toHaveLength(100);
  expect(calls).toHaveLength(1);
});

test('70 days are queried in 3 windows, and an SMS at a boundary counts once', async () => {
  const seam = new Date(START.getTime() + 28 * 24 * 60 * 60 * 1000);
  const calls = answerWith(pageOf([record(1, seam.toISOString())]));
  const messages = await provider.listInboundMessages(
    account,
    START,
    new Date(START.getTime() + 70 * 24 * 60 * 60 * 1000),
  );
  expect(calls).toHaveLength(3);
  expect(messages).toHaveLength(1);
});

test('an SMS outside of the period is left out, one without a time is not', async () => {
  answerWith(pageOf([record(0, '2022-08-02T08:00:00+08:00'), record(1, ''), record(2)]));
  const messages = await provider.listInboundMessages(account, START, END);
  expect(messages.map(({ content }) => content)).toEqual(['reply 1', 'reply 2']);
});

test.each<[string, object]>([
  ['no such data', { status: '-24' }],
  ['a null list', { status: '0', data: { total: 0, pages: 0, records: null } }],
])('%s is an empty list', async (_, reply) => {
  answerWith(() => reply);
  expect(await provider.listInboundMessages(account, START, END)).toEqual([]);
});

test('a reply without data is an error', async () => {
  answerWith(() => ({ status: '0' }));
  await expect(provider.listInboundMessages(account, START, END)).rejects.toMatchObject({
    code: 'unreadable_reply',
    fault: 'busy',
  });
});
