import type { MessageStatus } from '../../../src/providers/sms-provider';
import { account, entry, numberOf } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

const START = new Date('2021-02-01T00:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const daysLater = (days: number) => new Date(START.getTime() + days * DAY_MS);

const record = (index: number) => ({ msgId: `9${index}`, number: '12025550123', status: '0' });
const records = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => record(from + index));

interface Asked {
  startTime: string;
  endTime: string;
  startIndex: number;
}

/** Answers every call with `answer` and records the queries. */
function answerWith(answer: (asked: Asked) => object): Asked[] {
  const calls: Asked[] = [];
  buka()
    .get('/v3/getSentRcd')
    .query(({ appId }) => appId === account.subAccount)
    .optionally()
    .times(20)
    .reply(200, (uri) => {
      const query = new URL(uri, 'https://api.onbuka.test').searchParams;
      const asked = {
        startTime: query.get('startTime') ?? '',
        endTime: query.get('endTime') ?? '',
        startIndex: Number(query.get('startIndex')),
      };
      calls.push(asked);
      return answer(asked) as Record<string, unknown>;
    });
  return calls;
}

/** Counts that agree with one delivered record and one failed. */
const COUNTED = { status: '0', success: '1', fail: '1' };

/** A reply that counts its records, as some servers do. */
const counted = (array: object[]) => ({ status: '0', success: array.length, fail: 0, array });

const range = (days: number) => provider.queryMessageStatusByTimeRange(account, START, daysLater(days));

async function readPages(list: AsyncIterable<MessageStatus[]>): Promise<MessageStatus[][]> {
  const pages: MessageStatus[][] = [];
  for await (const page of list) pages.push(page);
  return pages;
}

/** All records, page after page. */
const ask = async (days = 1) => (await readPages(range(days))).flat();

test('a failed SMS is status 2 here, and times have an encoded offset', async () => {
  const row = (index: number, status: string) => ({
    msgId: entry(index).msgId,
    number: numberOf(index),
    receiveTime: '2021-02-12T09:30:03+08:00',
    status,
    pricedetail: { pay: '0.02' },
  });
  const calls = answerWith(({ startIndex }) =>
    startIndex === 0 ? { ...COUNTED, array: [row(0, '0'), row(1, '2'), row(2, '9')] } : { status: '-24' },
  );

  const results = await ask();

  // One is not final: others like it, which no count has, may have been cut off.
  const asked = { startTime: '2021-02-01T08:00:00+08:00', endTime: '2021-02-02T08:00:00+08:00' };
  expect(calls).toEqual([0, 3].map((startIndex) => ({ ...asked, startIndex })));
  const read = (index: number, status: string) => ({
    messageId: entry(index).msgId,
    orderId: null,
    recipientNumber: `+${numberOf(index)}`,
    status,
    sendTime: '2021-02-12T01:30:03.000Z',
  });
  expect(results).toEqual([read(0, 'delivered'), read(1, 'failed'), read(2, 'unknown')]);
});

test('70 days are queried in 3 windows of at most 31, each a page: a record at a boundary is in two', async () => {
  const calls = answerWith(({ startTime }) =>
    counted(startTime.startsWith('2021-02') ? records(0, 2) : records(1, 3)),
  );

  const pages = await readPages(range(70));

  expect(calls.map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
    ['2021-02-01T08:00:00+08:00', '2021-03-04T08:00:00+08:00'],
    ['2021-03-04T08:00:00+08:00', '2021-04-04T08:00:00+08:00'],
    ['2021-04-04T08:00:00+08:00', '2021-04-12T08:00:00+08:00'],
  ]);
  expect(pages.map((page) => page.map(({ messageId }) => messageId))).toEqual([
    ['90', '91'],
    ['91', '92'],
    ['91', '92'],
  ]);
});

test('each page is one question, asked when the caller is done with the page before', async () => {
  const calls = answerWith(() => counted(records(0, 1)));
  const asked: number[] = [];
  for await (const page of range(70)) {
    expect(page).toHaveLength(1);
    asked.push(calls.length);
  }
  expect(asked).toEqual([1, 2, 3]);
  for await (const page of range(70)) {
    expect(page).toHaveLength(1);
    break;
  }
  expect(calls).toHaveLength(4);
});

test('fractions of a second at the edges are widened to whole seconds', async () => {
  const calls = answerWith(() => ({ status: '0', array: [] }));
  const [start, end] = [new Date('2021-02-01T00:00:00.900Z'), new Date('2021-02-01T00:00:01.100Z')];
  await readPages(provider.queryMessageStatusByTimeRange(account, start, end));
  expect(calls[0]).toMatchObject({
    startTime: '2021-02-01T08:00:00+08:00',
    endTime: '2021-02-01T08:00:02+08:00',
  });
});

describe('a short page may have been cut off', () => {
  const all = records(0, 25);
  const counts = { status: '0', success: '25', fail: '0' };
  const idsOf = (listed: MessageStatus[]) => listed.map(({ messageId }) => messageId);

  test.each<[string, object]>([
    ['the counts of all records say more', counts],
    ['there are no counts', { status: '0' }],
  ])('%s: the next ones are asked for', async (_, head) => {
    const calls = answerWith(({ startIndex }) => ({
      ...head,
      array: all.slice(startIndex, startIndex + 10),
    }));
    expect(idsOf(await ask())).toEqual(all.map(({ msgId }) => msgId));
    expect(calls.map(({ startIndex }) => startIndex).slice(0, 3)).toEqual([0, 10, 20]);
  });

  test('the provider counts more than it tells: not answered', async () => {
    answerWith(({ startIndex }) => ({ ...counts, array: startIndex === 0 ? all.slice(0, 10) : [] }));
    await expect(ask()).rejects.toMatchObject({ name: 'ProviderError', code: 'cut_off' });
  });

  test('a server that does not read startIndex tells all it has each time', async () => {
    const calls = answerWith(() => ({ status: '0', array: all }));
    expect(await ask()).toHaveLength(25);
    expect(calls).toHaveLength(2);
  });
});

test('an empty period makes no call', async () => {
  const calls = answerWith(() => ({ status: '0', array: [] }));
  expect(await ask(0)).toEqual([]);
  expect(calls).toEqual([]);
});

describe('more than 50,000 records', () => {
  const PAGE = 50_000;

  test('startIndex as an offset: a page at a time until a short one', async () => {
    const all = records(0, 2 * PAGE + 5);
    const calls = answerWith(({ startIndex }) => counted(all.slice(startIndex, startIndex + PAGE)));
    expect(await ask()).toHaveLength(all.length);
    expect(calls.map(({ startIndex }) => startIndex)).toEqual([0, PAGE, 2 * PAGE]);
  });

  test('startIndex as an offset, and the last page is full', async () => {
    const all = records(0, PAGE);
    answerWith(({ startIndex }) => ({ status: '0', array: all.slice(startIndex, startIndex + PAGE) }));
    expect(await ask()).toHaveLength(all.length);
  });

  test.each<[string, object]>([
    ['an empty list', { status: '0', array: [] }],
    ['no such data', { status: '-24' }],
  ])('startIndex as a page number, %s beyond the last', async (_, beyond) => {
    const all = records(0, 2 * PAGE + 5);
    answerWith(({ startIndex }) => {
      const array = all.slice(startIndex * PAGE, (startIndex + 1) * PAGE);
      return array.length > 0 ? { status: '0', array } : beyond;
    });
    expect(await ask()).toHaveLength(all.length);
  });

  test('a provider that repeats its first page is an error, not an endless loop or a complete answer', async () => {
    const calls = answerWith(() => ({ status: '0', array: records(0, PAGE) }));
    await expect(ask()).rejects.toMatchObject({ code: 'no_progress', fault: 'busy' });
    expect(calls).toHaveLength(2);
  });
});

describe('what would look like "nothing was sent" is an error instead', () => {
  test.each<[string, object, object]>([
    ['no list', { status: '0' }, { code: 'unreadable_reply', fault: 'busy' }],
    ['a record without id', { status: '0', array: [{ number: '1' }] }, { code: 'unreadable_reply' }],
    ['a window too old', { status: '-25' }, { code: '-25', fault: 'request' }],
  ])('%s', async (_, reply, error) => {
    answerWith(() => reply);
    await expect(ask()).rejects.toMatchObject(error);
  });

  test('"no such data" is an empty answer', async () => {
    answerWith(() => ({ status: '-24' }));
    expect(await ask()).toEqual([]);
  });
});
