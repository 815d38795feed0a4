import { signatureOf } from '@bulk-sms/playground/buka/accounts/account';
import { SENSITIVE_WORD } from '@bulk-sms/playground/buka/api/read-send';
import { APP, ask, call, closeAll, numbersFrom, send, sendTo, signed, start } from './client';

afterEach(closeAll);

const TWO = ['8613800138000', '447700900123'];

describe('signing', () => {
  test("the documentation's worked example", () => {
    expect(signatureOf('bDqJFiq9', '7bz1lzh9', '1630468800')).toBe('05d7a50893e22a5c4bb3216ae3396c7c');
  });

  test('a signature in upper case hex is accepted', async () => {
    const buka = await start();
    const headers = signed();
    headers.sign = (headers.sign ?? '').toUpperCase();
    expect((await ask(buka, 'getBalance', { headers })).status).toBe('0');
  });

  test('a wrong secret is -1', async () => {
    const buka = await start();
    expect((await ask(buka, 'getBalance', { headers: signed(undefined, 'wrong') })).status).toBe('-1');
  });

  test.each([-31, 31])('a clock %i minutes off is -16', async (minutes) => {
    const buka = await start();
    const headers = signed(Math.floor(Date.now() / 1000) + minutes * 60);
    expect((await ask(buka, 'getBalance', { headers })).status).toBe('-16');
  });

  test('a clock 29 minutes off is accepted, also after the transit clock was advanced', async () => {
    const buka = await start();
    buka.deliverNow();
    const headers = signed(Math.floor(Date.now() / 1000) - 29 * 60);
    expect((await ask(buka, 'getBalance', { headers })).status).toBe('0');
  });
});

describe('an accepted send', () => {
  test('is answered as documented, with ids that no JavaScript number holds', async () => {
    const buka = await start();
    const reply = await send(buka, TWO);
    expect(reply).toMatchObject({ status: '0', reason: 'success', success: '2', fail: '0' });
    expect(reply.array.map(({ number, orderId }) => [number, orderId])).toEqual(
      TWO.map((number) => [number, `order-${number}`]),
    );
    for (const { msgId } of reply.array) {
      expect(msgId).toMatch(/^\d{19}$/);
      expect(BigInt(Number(msgId)) === BigInt(msgId) && Number.isSafeInteger(Number(msgId))).toBe(false);
    }
  });

  test('by GET is answered like one by POST', async () => {
    const buka = await start();
    const query = new URLSearchParams({ appId: 'app-1', numbers: TWO.join(','), content: 'Hello' });
    expect((await ask(buka, `sendSms?${query}`)).success).toBe('2');
  });

  test('of several contents, in one answer', async () => {
    const buka = await start();
    const array = [
      { numbers: TWO.join(','), content: 'One', senderId: 'ACME', orderId: 'a,b' },
      { numbers: '12025550123', content: 'Two', orderId: 'c' },
    ];
    const reply = await ask(buka, 'sendSms/batch', { body: { appId: 'app-1', array } });
    expect(reply.array.map(({ orderId }) => orderId)).toEqual(['a', 'b', 'c']);
    buka.deliverNow();
    const texts = buka.phones().map(({ number, texts }) => [number, texts[0]?.content, texts[0]?.senderId]);
    expect(texts).toEqual(
      expect.arrayContaining([
        [TWO[0], 'One', 'ACME'],
        ['12025550123', 'Two', ''],
      ]),
    );
  });

  test('twice is accepted and billed twice', async () => {
    const buka = await start({ apps: [{ ...APP, balance: '1' }] });
    await send(buka, ['8613800138000']);
    await send(buka, ['8613800138000']);
    expect(buka.ledger.timesAccepted('+8613800138000')).toBe(2);
    expect((await ask(buka, 'getBalance')).balance).toBe('0.936000');
  });
});

describe('limits', () => {
  const cases: [string, string, Record<string, unknown>][] = [
    ['no content', '-4', { content: '' }],
    ['1025 characters', '-5', { content: 'x'.repeat(1025) }],
    ['a sensitive word', '-3', { content: `a ${SENSITIVE_WORD} b` }],
    ['no numbers', '-8', { numbers: '' }],
    ['1001 numbers', '-7', { numbers: numbersFrom(8613800138000, 1001).join(','), orderId: '' }],
    ['a number with a plus', '-9', { numbers: '8613800138000,+447700900123' }],
    ['fewer order ids than numbers', '-22', { orderId: 'only-one' }],
    ['a sender ID of 33 characters', '-22', { senderId: 's'.repeat(33) }],
    ['no appId', '-14', { appId: '' }],
    ["someone else's appId", '-1', { appId: 'app-9' }],
  ];

  test.each(cases)('%s is %s, and nothing is accepted', async (_name, status, fields) => {
    const buka = await start();
    const reply = await ask(buka, 'sendSms', sendTo(TWO, fields));
    expect(reply.status).toBe(status);
    expect(buka.ledger.counts()).toMatchObject({ once: 0, moreThanOnce: 0 });
  });

  test('a send just within the limits is accepted', async () => {
    const buka = await start();
    const numbers = numbersFrom(8613800138000, 1000);
    const reply = await send(buka, numbers, { content: 'x'.repeat(1024), senderId: 's'.repeat(32) });
    expect(reply.success).toBe('1000');
  });

  test('a GET takes 100 numbers', async () => {
    const buka = await start();
    const query = (count: number) =>
      new URLSearchParams({
        appId: 'app-1',
        content: 'Hello',
        numbers: numbersFrom(8613800138000, count).join(','),
      });
    expect((await ask(buka, `sendSms?${query(100)}`)).status).toBe('0');
    expect((await ask(buka, `sendSms?${query(101)}`)).status).toBe('-7');
  });

  test('a batch takes 1000 numbers over all its contents', async () => {
    const buka = await start();
    const array = [0, 1].map((half) => ({
      content: 'Hello',
      numbers: numbersFrom(8613800138000 + half * 501, 501).join(','),
    }));
    expect((await ask(buka, 'sendSms/batch', { body: { appId: 'app-1', array } })).status).toBe('-7');
  });

  test('a body that is not declared as JSON is -22', async () => {
    const buka = await start();
    const headers = { ...signed(), 'content-type': 'text/plain' };
    expect((await ask(buka, 'sendSms', { ...sendTo(TWO), headers })).status).toBe('-22');
  });
});

describe('money', () => {
  test('a send above the balance is refused as a whole with -10 and costs nothing', async () => {
    const buka = await start({ apps: [{ ...APP, balance: '0.05' }] });
    expect((await send(buka, numbersFrom(8613800138000, 2))).status).toBe('-10');
    expect((await ask(buka, 'getBalance')).balance).toBe('0.050000');
    expect((await send(buka, ['8613800138000'])).status).toBe('0');
    expect((await ask(buka, 'getBalance')).balance).toBe('0.018000');
  });

  test('gift and credit can be spent too, and two segments cost twice', async () => {
    const buka = await start({ apps: [{ ...APP, balance: '0.01', gift: '0.05', credit: '0.05' }] });
    expect((await send(buka, ['8613800138000'], { content: 'x'.repeat(161) })).status).toBe('0');
    expect(await ask(buka, 'getBalance')).toMatchObject({
      balance: '0.000000',
      gift: '0.000000',
      credit: '0.046000',
    });
  });
});

describe('numbers with a fixed outcome', () => {
  const outcomes = {
    rules: [
      { endsWith: '0404', outcome: 'refused' as const },
      { endsWith: '0666', outcome: 'abnormal' as const },
    ],
  };

  test('a refused number is missing from the answer, and not charged', async () => {
    const buka = await start({ outcomes, apps: [{ ...APP, balance: '1' }] });
    const reply = await send(buka, ['8613800138000', '8613800130404']);
    expect(reply).toMatchObject({ status: '0', success: '1', fail: '1' });
    expect(reply.array.map(({ orderId }) => orderId)).toEqual(['order-8613800138000']);
    expect(buka.ledger.never()).toEqual(['8613800130404']);
    expect((await ask(buka, 'getBalance')).balance).toBe('0.968000');
  });

  test('an abnormal number makes the whole request fail', async () => {
    const buka = await start({ outcomes });
    expect((await send(buka, ['8613800138000', '8613800130666'])).status).toBe('-9');
    expect(buka.ledger.counts()).toMatchObject({ once: 0, never: 2 });
  });
});

test('the quirks of other deployments: msgid, and numbers as numbers', async () => {
  const buka = await start({ quirks: { lowerCaseMsgid: true, numbersAsNumbers: true } });
  const reply: unknown = await (await call(buka, 'sendSms', sendTo(['8613800138000']))).json();
  expect(reply).toEqual({
    status: 0,
    reason: 'success',
    success: 1,
    fail: 0,
    array: [
      { msgid: expect.stringMatching(/^\d{19}$/), number: '8613800138000', orderId: 'order-8613800138000' },
    ],
  });
});
