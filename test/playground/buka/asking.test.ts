import { APP, ask, closeAll, numbersFrom, send, start } from './client';

afterEach(closeAll);

const SLOW = { queuedMs: { min: 10_000, max: 10_000 }, sendingMs: { min: 60_000, max: 60_000 } };
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;

const report = (msgIds: string[]) =>
  `getReport?${new URLSearchParams({ appId: 'app-1', msgIds: msgIds.join(',') })}`;

function slot(fromMinutes: number, toMinutes: number, startIndex = 0): string {
  const time = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const query = { appId: 'app-1', startTime: time(fromMinutes), endTime: time(toMinutes) };
  return `getSentRcd?${new URLSearchParams({ ...query, startIndex: String(startIndex) })}`;
}

describe('getReport', () => {
  test('a message is not found while queued, then sending, then final', async () => {
    const outcomes = { rules: [{ endsWith: '0000', outcome: 'failed' as const, reason: 'EXPIRED' }] };
    const buka = await start({ timings: SLOW, outcomes });
    const { array } = await send(buka, ['8613800138000', '8613800130000']);
    const ids = array.map(({ msgId }) => msgId);

    expect(await ask(buka, report(ids))).toMatchObject({ sending: '0', nofound: '2', array: [] });
    buka.advance(15_000);
    const sending = await ask(buka, report(ids));
    expect(sending).toMatchObject({ success: '0', fail: '0', sending: '2', nofound: '0' });
    expect(sending.array.map(({ status }) => status)).toEqual(['-1', '-1']);
    buka.advance(60_000);
    const final = await ask(buka, report(ids));
    expect(final).toMatchObject({ success: '1', fail: '1', sending: '0', nofound: '0' });
    expect(final.array.map(({ status }) => status).sort()).toEqual(['0', '1']);
    expect(final.array[0]?.receiveTime).toMatch(ZONED);
  });

  test('a message accepted after the clock was advanced starts in the queue', async () => {
    const buka = await start({ timings: SLOW });
    buka.deliverNow();
    const { array } = await send(buka, ['8613800138000']);
    expect((await ask(buka, report([array[0]?.msgId ?? '']))).nofound).toBe('1');
  });

  test('unknown ids and ids of another app are not found', async () => {
    const buka = await start();
    const { array } = await send(buka, ['8613800138000'], { appId: 'app-2' });
    buka.deliverNow();
    expect((await ask(buka, report([array[0]?.msgId ?? '', '1234567890123456789']))).nofound).toBe('2');
  });

  test('200 ids are answered; 201 ids and no ids are refused', async () => {
    const buka = await start();
    const ids = numbersFrom(1_000_000_000, 201);
    expect((await ask(buka, report(ids.slice(1)))).status).toBe('0');
    expect((await ask(buka, report(ids))).status).toBe('-22');
    expect((await ask(buka, report([]))).status).toBe('-14');
  });

  test('calls above the configured rate are -15', async () => {
    const buka = await start({ queriesPerSecond: 1 });
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(buka, report(['1']))));
    expect(replies.map(({ status }) => status)).toContain('-15');
  });

  test('a stuck message is never final', async () => {
    const buka = await start({ outcomes: { rules: [{ endsWith: '0999', outcome: 'stuck' }] } });
    const { array } = await send(buka, ['8613800130999']);
    buka.deliverNow();
    expect((await ask(buka, report([array[0]?.msgId ?? '']))).sending).toBe('1');
  });

  test('the same seed gives the same outcomes, another seed others', async () => {
    const failures = async (seed: number) => {
      const buka = await start({ seed, outcomes: { failedShare: 0.3 } });
      const { array } = await send(buka, numbersFrom(8613800138000, 100));
      buka.deliverNow();
      const { array: known } = await ask(buka, report(array.map(({ msgId }) => msgId)));
      return known.filter(({ status }) => status === '1').map(({ number }) => number);
    };
    const [first, again, other] = [await failures(7), await failures(7), await failures(8)];
    expect(first.length).toBeGreaterThan(15);
    expect(first.length).toBeLessThan(45);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('getSentRcd', () => {
  test('lists what was accepted in the slot, with 2 for failed and without order ids', async () => {
    const buka = await start({ outcomes: { rules: [{ endsWith: '0000', outcome: 'failed' }] } });
    const { array } = await send(buka, ['8613800138000', '8613800130000']);
    buka.deliverNow();
    const reply = await ask(buka, slot(-1, 1));
    expect(reply).toMatchObject({ status: '0', success: '1', fail: '1' });
    expect(reply.array.map(({ msgId }) => msgId)).toEqual(array.map(({ msgId }) => msgId));
    expect(reply.array.map(({ number, status }) => [number, status])).toEqual([
      ['8613800138000', '0'],
      ['8613800130000', '2'],
    ]);
    expect(Object.keys(reply.array[0] ?? {})).toEqual(['msgId', 'number', 'receiveTime', 'status']);
    expect((await ask(buka, slot(-10, -5))).array).toEqual([]);
  });

  test('is paged by 50,000 records', async () => {
    const buka = await start();
    for (let chunk = 0; chunk < 51; chunk++)
      await send(buka, numbersFrom(8613800000000 + chunk * 1000, 1000));
    buka.deliverNow();
    const first = await ask(buka, slot(-1, 1));
    const second = await ask(buka, slot(-1, 1, 50_000));
    expect([first.array.length, second.array.length]).toEqual([50_000, 1000]);
    expect(second.array[0]?.number).toBe('8613800050000');
  });

  test.each([
    ['a period of 32 days', '-25', slot(-32 * 1440, 0)],
    ['a start 91 days ago', '-25', slot(-91 * 1440, -80 * 1440)],
    ['an end before the start', '-11', slot(0, -5)],
    [
      'a time without offset',
      '-11',
      'getSentRcd?appId=app-1&startTime=2026-01-01T00:00:00&endTime=2026-01-02T00:00:00',
    ],
  ])('%s is %s', async (_name, status, path) => {
    const buka = await start();
    expect((await ask(buka, path)).status).toBe(status);
  });

  test('the quirks: no data as an error, start index in pages, prices', async () => {
    const quirks = { noDataIsAnError: true, startIndexCountsPages: true, priceInSentRecords: true };
    const buka = await start({ quirks });
    expect((await ask(buka, slot(-1, 1))).status).toBe('-24');
    await send(buka, ['8613800138000']);
    buka.deliverNow();
    expect((await ask(buka, slot(-1, 1))).array).toMatchObject([
      { pricedetail: { pay: '0.032000', currency: 'USD', chargeCnt: 1, price: '0.032000' } },
    ]);
    expect((await ask(buka, slot(-1, 1, 1))).status).toBe('-24');
  });
});

describe('recordMo', () => {
  const page = (current: number, size: number) => ({
    body: {
      appId: 'app-1',
      current,
      size,
      params: {
        strTime: new Date(Date.now() - 60_000).toISOString(),
        endTime: new Date(Date.now() + 60_000).toISOString(),
      },
    },
  });

  test('lists replies a page at a time', async () => {
    const buka = await start();
    await send(buka, ['8613800138000'], { senderId: 'ACME' });
    buka.reply('+8613800138000', 'yes');
    buka.reply('447700900123', 'no');
    expect(await ask(buka, 'recordMo', page(1, 1))).toMatchObject({
      status: '0',
      data: {
        total: '2',
        pages: '2',
        records: [
          {
            number: '8613800138000',
            sendId: 'ACME',
            content: 'yes',
            receiveTime: expect.stringMatching(ZONED),
          },
        ],
      },
    });
    expect(await ask(buka, 'recordMo', page(2, 1))).toMatchObject({ data: { records: [{ content: 'no' }] } });
  });

  test('101 a page is -22', async () => {
    const buka = await start();
    expect((await ask(buka, 'recordMo', page(1, 101))).status).toBe('-22');
  });
});

test('getBalance returns three exact amounts', async () => {
  const buka = await start({ apps: [{ ...APP, balance: '99.99', gift: '50' }] });
  expect(await ask(buka, 'getBalance')).toEqual({
    status: '0',
    reason: 'success',
    balance: '99.990000',
    gift: '50.000000',
    credit: '0.000000',
  });
});
