import { closeAll, numbersFrom, send, start } from './client';
import { startReceiver } from './receiver';

let receiver: Awaited<ReturnType<typeof startReceiver>>;
afterEach(async () => {
  await closeAll();
  receiver.close();
});

const NUMBERS = numbersFrom(8613800138001, 20);
/** Nothing is final by itself while a test runs. */
const NEVER_BY_ITSELF = { sendingMs: { min: 3_600_000, max: 7_200_000 } };

async function startPushing(more: Parameters<typeof start>[0] = {}, answers: number[] = []) {
  receiver = await startReceiver(answers);
  return start({ reportUrl: receiver.url, timings: NEVER_BY_ITSELF, pushRetryMs: 1, ...more });
}

async function deliver(buka: Awaited<ReturnType<typeof start>>) {
  buka.deliverNow();
  await buka.pushesDone();
}

test('a report is pushed as documented when the message is final, and not before', async () => {
  const buka = await startPushing({
    outcomes: { rules: [{ endsWith: '0000', outcome: 'failed', reason: 'EXPIRED' }] },
  });
  const { array } = await send(buka, ['447700900123', '8613800130000']);
  await buka.pushesDone();
  expect(receiver.bodies).toEqual([]);
  await deliver(buka);
  expect(receiver.bodies.find(({ mobile }) => mobile === '447700900123')).toEqual({
    appId: 'app-1',
    msgid: array[0]?.msgId,
    orderId: 'order-447700900123',
    mobile: '447700900123',
    status: 0,
    reason: '0',
    timestamp: expect.any(Number),
    mcc: '234',
    mnc: '-1',
    pricedetail: { pay: '0.038500', currency: 'USD', chargeCnt: 1, price: '0.038500' },
  });
  expect(receiver.bodies.find(({ mobile }) => mobile === '8613800130000')).toMatchObject({
    status: 1,
    reason: 'EXPIRED',
  });
});

test('without deliverNow the reports come by themselves', async () => {
  const brisk = { queuedMs: { min: 0, max: 0 }, sendingMs: { min: 0, max: 20 } };
  const buka = await startPushing({ timings: brisk });
  let pushed = 0;
  const all = new Promise<void>((resolve) => {
    buka.onEvent(({ type }) => type === 'pushed' && ++pushed === NUMBERS.length && resolve());
  });
  await send(buka, NUMBERS);
  await all;
  expect(receiver.numbers().sort()).toEqual(NUMBERS);
});

test('a push that is not accepted is repeated, and given up in the end', async () => {
  const buka = await startPushing({}, [500, 503]);
  await send(buka, ['447700900123']);
  await deliver(buka);
  expect(receiver.bodies).toHaveLength(3);
  expect(buka.state().pushes).toEqual({ taken: 1, givenUp: 0 });

  buka.pushTo({ reportUrl: 'http://127.0.0.1:1/nobody' });
  await send(buka, ['447700900123']);
  await deliver(buka);
  expect(buka.state().pushes).toEqual({ taken: 1, givenUp: 1 });
});

test('the quirk: the key "orderId " with its blank', async () => {
  const buka = await startPushing({ quirks: { orderIdWithBlank: true } });
  await send(buka, ['447700900123']);
  await deliver(buka);
  expect(receiver.bodies[0]).toHaveProperty(['orderId '], 'order-447700900123');
  expect(receiver.bodies[0]).not.toHaveProperty('orderId');
});

test('a stuck message is never reported', async () => {
  const buka = await startPushing({ outcomes: { rules: [{ endsWith: '0999', outcome: 'stuck' }] } });
  await send(buka, ['8613800130999', '447700900123']);
  await deliver(buka);
  expect(receiver.numbers()).toEqual(['447700900123']);
});

describe('faults', () => {
  test('reportsLost loses some and not all, each at most once', async () => {
    const buka = await startPushing({ faults: { reportsLost: {} } });
    await send(buka, NUMBERS);
    await deliver(buka);
    expect(receiver.bodies.length).toBeGreaterThan(0);
    expect(receiver.bodies.length).toBeLessThan(NUMBERS.length);
    expect(new Set(receiver.numbers()).size).toBe(receiver.bodies.length);
  });

  test('reportsTwice pushes each report twice', async () => {
    const buka = await startPushing({ faults: { reportsTwice: {} } });
    await send(buka, NUMBERS);
    await deliver(buka);
    expect(receiver.numbers().sort()).toEqual([...NUMBERS, ...NUMBERS].sort());
  });

  test('reportsShuffled changes the order', async () => {
    const order = async (faults: { reportsShuffled?: object }) => {
      const buka = await startPushing({ faults, pushConcurrency: 1 });
      await send(buka, NUMBERS);
      await deliver(buka);
      receiver.close();
      return receiver.numbers();
    };
    const usual = await order({});
    expect(await order({ reportsShuffled: {} })).toEqual([...usual].reverse());
  });

  test('reportsDelayed comes after its delay', async () => {
    const buka = await startPushing({ faults: { reportsDelayed: { ms: 3_600_000 } } });
    await send(buka, NUMBERS);
    await deliver(buka);
    expect(receiver.bodies).toEqual([]);
    buka.advance(3_601_000);
    await buka.pushesDone();
    expect(receiver.numbers().sort()).toEqual(NUMBERS);
  });

  test('reportsEarly comes before the answer to the send', async () => {
    const buka = await startPushing({ faults: { reportsEarly: {} } });
    await send(buka, NUMBERS);
    expect(receiver.numbers().sort()).toEqual(NUMBERS);
  });
});

test("a recipient's reply is pushed as documented", async () => {
  receiver = await startReceiver();
  const buka = await start({ inboundUrl: receiver.url });
  await send(buka, ['447700900123'], { senderId: 'ACME' });
  const { msgId } = buka.reply('+447700900123', 'stop');
  await buka.pushesDone();
  expect(receiver.bodies).toEqual([
    {
      msgid: msgId,
      mobile: '447700900123',
      reply_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      content: 'stop',
      sendid: 'ACME',
      mcc: 234,
      mnc: -1,
      operator: expect.any(String),
      pricedetail: expect.any(Object),
    },
  ]);
});

test('closing drops the pushes that a dead receiver never accepted', async () => {
  const buka = await startPushing({ pushRetryMs: 3_600_000 }, Array(100).fill(500));
  await send(buka, NUMBERS);
  const first = new Promise<void>((resolve) => {
    const poll = () => (receiver.bodies.length > 0 ? resolve() : setImmediate(poll));
    poll();
  });
  buka.deliverNow();
  await first;
  await buka.close();
  expect(buka.state().pushes.taken).toBe(0);
});
