import { BUKA_FAULT_NAMES, BUKA_FAULTS, type BukaFaultName } from '@bulk-sms/playground/buka/buka-faults';
import { ask, call, closeAll, numbersFrom, send, sendTo, start } from './client';

afterEach(closeAll);

const NUMBERS = numbersFrom(8613800138000, 4);

describe('faults that replace the answer', () => {
  const accepted = { once: 4, moreThanOnce: 0, never: 0 };
  const nothing = { once: 0, moreThanOnce: 0, never: 4 };

  test.each<[BukaFaultName, typeof accepted]>([
    ['dropBefore', nothing],
    ['dropAfter', accepted],
  ])('%s breaks the connection', async (name, ledger) => {
    const buka = await start();
    buka.faults.set(name);
    await expect(call(buka, 'sendSms', sendTo(NUMBERS))).rejects.toMatchObject({
      cause: { code: 'ECONNRESET' },
    });
    expect(buka.ledger.counts()).toMatchObject(ledger);
    expect(buka.requests().at(-1)).toMatchObject({ faults: [name], sent: null });
  });

  test.each<[BukaFaultName, typeof accepted]>([
    ['hangBefore', nothing],
    ['hangAfter', accepted],
  ])('%s gives no answer', async (name, ledger) => {
    const buka = await start();
    buka.faults.set(name);
    const caller = new AbortController();
    const unanswered = call(buka, 'sendSms', { ...sendTo(NUMBERS), signal: caller.signal });
    await new Promise<void>((resolve) => {
      buka.onEvent(({ type }) => type === 'request' && resolve());
    });
    // Another call is answered meanwhile: the answer of the first is not merely late.
    expect((await ask(buka, 'getBalance')).status).toBe('0');
    caller.abort();
    await expect(unanswered).rejects.toThrow();
    expect(buka.ledger.counts()).toMatchObject(ledger);
  });

  test.each<[BukaFaultName, number, string, typeof accepted]>([
    ['errorBefore', 500, 'Internal Server Error', nothing],
    ['errorAfter', 500, 'Internal Server Error', accepted],
    ['htmlBefore', 200, '<!doctype html>', nothing],
    ['htmlAfter', 200, '<!doctype html>', accepted],
    ['truncated', 200, '{"status":"0"', accepted],
    ['empty', 200, '', accepted],
    ['interfaceFault', 200, '{"status":"-18"', accepted],
    ['badCredentials', 200, '{"status":"-1"', nothing],
    ['ipNotAllowed', 200, '{"status":"-2"', nothing],
    ['outOfBalance', 200, '{"status":"-10"', nothing],
    ['accountLocked', 200, '{"status":"-13"', nothing],
    ['noChannel', 200, '{"status":"-19"', nothing],
    ['platformFault', 200, '{"status":"-12"', nothing],
    ['askedTooOften', 200, '{"status":"-15"', nothing],
    ['timestampExpired', 200, '{"status":"-16"', nothing],
    ['sensitiveWord', 200, '{"status":"-3"', nothing],
    ['noTemplate', 200, '{"status":"-6"', nothing],
  ])('%s answers HTTP %i: %s', async (name, httpStatus, beginning, ledger) => {
    const buka = await start();
    buka.faults.set(name);
    const answer = await call(buka, 'sendSms', sendTo(NUMBERS));
    const text = await answer.text();
    expect(answer.status).toBe(httpStatus);
    expect(buka.requests().at(-1)).toMatchObject({ faults: [name], sent: { httpStatus, text } });
    expect(text.startsWith(beginning)).toBe(true);
    if (beginning === '') expect(text).toBe('');
    if (name === 'truncated') expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(buka.ledger.counts()).toMatchObject(ledger);
  });

  test('tooMany answers 429 with Retry-After in seconds', async () => {
    const buka = await start();
    buka.faults.set('tooMany', { ms: 2_500 });
    const answer = await call(buka, 'sendSms', sendTo(NUMBERS));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
    expect(buka.ledger.counts()).toMatchObject(nothing);
  });

  test('slow still answers in full', async () => {
    const buka = await start();
    buka.faults.set('slow', { ms: 5 });
    expect((await send(buka, NUMBERS)).success).toBe('4');
    expect(buka.requests().at(-1)?.faults).toEqual(['slow']);
  });
});

describe('faults that change what the answer says', () => {
  const answerIn = async (name: BukaFaultName) => {
    const buka = await start();
    buka.faults.set(name);
    const reply = await send(buka, NUMBERS);
    return { reply, numbers: reply.array.map(({ number }) => number), ledger: buka.ledger.counts() };
  };

  test('halfRefused accepts the first half and says so', async () => {
    const { reply, numbers, ledger } = await answerIn('halfRefused');
    expect(reply).toMatchObject({ success: '2', fail: '2' });
    expect(numbers).toEqual(NUMBERS.slice(0, 2));
    expect(ledger).toMatchObject({ once: 2, never: 2 });
  });

  test('halfMissing accepts and counts all numbers, and names half of them', async () => {
    const { reply, numbers, ledger } = await answerIn('halfMissing');
    expect(reply).toMatchObject({ success: '4', fail: '0' });
    expect(numbers).toEqual(NUMBERS.slice(0, 2));
    expect(ledger).toMatchObject({ once: 4, never: 0 });
  });

  test('foreignNumbers names two that were not sent', async () => {
    const { numbers } = await answerIn('foreignNumbers');
    expect(numbers.slice(0, 4)).toEqual(NUMBERS);
    expect(numbers.slice(4).filter((number) => NUMBERS.includes(number))).toEqual([]);
    expect(numbers).toHaveLength(6);
  });

  test('reordered keeps each number with its order id', async () => {
    const { reply, numbers } = await answerIn('reordered');
    expect(numbers).toEqual([...NUMBERS].reverse());
    expect(reply.array.every(({ number, orderId }) => orderId === `order-${number}`)).toBe(true);
  });

  test('swappedOrderIds gives no number its own order id', async () => {
    const { reply, numbers } = await answerIn('swappedOrderIds');
    expect(numbers).toEqual(NUMBERS);
    expect(reply.array.some(({ number, orderId }) => orderId === `order-${number}`)).toBe(false);
  });
});

describe('settings', () => {
  const statuses = async (buka: Awaited<ReturnType<typeof start>>, count: number) => {
    const seen: string[] = [];
    for (let i = 0; i < count; i++) seen.push((await send(buka, ['8613800138000'])).status);
    return seen;
  };

  test('times: strikes that often, then is off', async () => {
    const buka = await start();
    buka.faults.set('platformFault', { times: 2 });
    expect(await statuses(buka, 3)).toEqual(['-12', '-12', '0']);
    expect(buka.faults.current()).toEqual({});
  });

  test('`every` strikes each nth call', async () => {
    const buka = await start();
    buka.faults.set('platformFault', { every: 3 });
    expect(await statuses(buka, 6)).toEqual(['0', '0', '-12', '0', '0', '-12']);
  });

  test('probability: repeatable by the seed', async () => {
    const run = async (seed: number) => {
      const buka = await start({ seed, faults: { platformFault: { probability: 0.5 } } });
      return statuses(buka, 20);
    };
    const first = await run(3);
    expect(new Set(first)).toEqual(new Set(['0', '-12']));
    expect(await run(3)).toEqual(first);
    expect(await run(4)).not.toEqual(first);
  });

  test('on: only the calls it names', async () => {
    const buka = await start();
    buka.faults.set('accountLocked', { on: 'getBalance' });
    expect((await ask(buka, 'getBalance')).status).toBe('-13');
    expect(await statuses(buka, 1)).toEqual(['0']);
    buka.faults.set('errorBefore', { on: 'query' });
    buka.faults.clear('accountLocked');
    expect((await call(buka, 'getBalance')).status).toBe(500);
    expect(await statuses(buka, 1)).toEqual(['0']);
  });

  test('one call ends in one way: two faults take turns', async () => {
    const buka = await start();
    buka.faults.set('platformFault', { times: 1 });
    buka.faults.set('accountLocked', { times: 1 });
    expect(await statuses(buka, 3)).toEqual(['-12', '-13', '0']);
  });

  test('clear without a name switches all faults off', async () => {
    const buka = await start();
    buka.faults.set('platformFault');
    buka.faults.set('accountLocked');
    buka.faults.clear();
    expect(await statuses(buka, 1)).toEqual(['0']);
  });
});

test('each fault has words that tell a person what it does', () => {
  for (const name of BUKA_FAULT_NAMES) {
    expect(BUKA_FAULTS[name].title).toMatch(/\w/);
    expect(BUKA_FAULTS[name].description).toMatch(/\.$|\)\.$/);
  }
});
