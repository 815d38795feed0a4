import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Buka } from '@bulk-sms/playground/buka/buka';
import { BUKA_FAULT_NAMES } from '@bulk-sms/playground/buka/buka-faults';
import type { BukaState } from '@bulk-sms/playground/buka/state/describe';
import { APP, ask, closeAll, numbersFrom, send, start } from './client';

afterEach(closeAll);

const NUMBERS = numbersFrom(8613800138000, 3);

async function control(buka: Buka, path: string, body?: unknown) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${buka.controlUrl}/${path}`, init);
  return { httpStatus: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('the ledger', () => {
  test('counts numbers accepted once, more than once and never, and names the doubled ones', async () => {
    const buka = await start();
    await send(buka, NUMBERS.slice(0, 2));
    await send(buka, NUMBERS.slice(0, 1), { orderId: 'another' });
    await send(buka, ['8613800138009', '+1']);
    expect(buka.ledger.counts()).toEqual({ once: 1, moreThanOnce: 1, never: 2, unexpected: 0 });
    expect(buka.ledger.counts(NUMBERS.map((number) => `+${number}`))).toEqual({
      once: 1,
      moreThanOnce: 1,
      never: 1,
      unexpected: 0,
    });
    expect(buka.ledger.counts(['8613800138001'])).toMatchObject({ once: 1, unexpected: 1 });
    expect(buka.ledger.doubled()).toEqual(['8613800138000']);
    expect(buka.ledger.orderIdCounts()).toEqual({ once: 3, moreThanOnce: 0 });
    expect(buka.calls()).toEqual({ sendSms: 3 });
  });

  test('a number twice in one request is doubled', async () => {
    const buka = await start();
    await send(buka, ['447700900123', '447700900123']);
    expect(buka.ledger.counts()).toMatchObject({ once: 0, moreThanOnce: 1 });
    expect(buka.ledger.timesAcceptedByOrderId('order-447700900123')).toBe(2);
  });
});

describe('the control API', () => {
  test('switches faults on and off, and lists them', async () => {
    const buka = await start();
    await control(buka, 'faults', { name: 'accountLocked', setting: { times: 5 } });
    expect((await send(buka, NUMBERS)).status).toBe('-13');
    expect((await control(buka, 'faults')).body).toMatchObject({
      switches: { accountLocked: { group: 'account', description: expect.any(String) } },
      on: { accountLocked: { times: 5, struck: 1 } },
    });
    await control(buka, 'faults', { name: 'accountLocked', setting: null });
    expect((await send(buka, NUMBERS)).status).toBe('0');
    await control(buka, 'faults', { name: 'accountLocked', setting: {} });
    await control(buka, 'faults', { setting: null });
    expect((await send(buka, NUMBERS)).status).toBe('0');
  });

  test.each(BUKA_FAULT_NAMES)('switches %s on and off', async (name) => {
    const buka = await start();
    const on = await control(buka, 'faults', { name, setting: {} });
    expect(Object.keys((on.body as { on: object }).on)).toEqual([name]);
    expect((await control(buka, 'faults', { name, setting: null })).body).toEqual({ on: {} });
  });

  test('holds messages on their way until the clock is advanced or released', async () => {
    const atOnce = { min: 1, max: 1 };
    const buka = await start({ timings: { queuedMs: atOnce, sendingMs: atOnce } });
    const delivered = () => buka.state().messages.delivered;
    await control(buka, 'hold', { isHeld: true });
    await send(buka, NUMBERS.slice(0, 1));
    await pause(20);
    expect(delivered()).toBe(0);
    await control(buka, 'advance', { ms: 2 });
    expect(delivered()).toBe(1);
    await send(buka, NUMBERS.slice(1));
    await control(buka, 'hold', { isHeld: true });
    expect(delivered()).toBe(1);
    await control(buka, 'hold', { isHeld: false });
    await pause(20);
    expect(delivered()).toBe(3);
  });

  test('delivers, replies, and shows it on the phones', async () => {
    const buka = await start({ timings: { sendingMs: { min: 3_600_000, max: 3_600_000 } } });
    await send(buka, NUMBERS);
    const before = (await control(buka, 'state')).body as unknown as BukaState;
    expect([before.messages.delivered, before.phones]).toEqual([0, []]);
    await control(buka, 'advance', {});
    await control(buka, 'reply', { number: `+${NUMBERS[0]}`, content: 'thanks' });
    const after = (await control(buka, 'state')).body as unknown as BukaState;
    expect(after.messages).toEqual({ queued: 0, sending: 0, delivered: 3, failed: 0 });
    const phone = after.phones.find(({ number }) => number === NUMBERS[0]);
    expect(phone?.texts.map(({ direction, content }) => [direction, content]).sort()).toEqual([
      ['received', 'Hello'],
      ['written', 'thanks'],
    ]);
    expect(after.ledger).toMatchObject({ once: 3, moreThanOnce: 0, never: 0 });
    expect(after.requests).toMatchObject([{ path: 'sendSms', method: 'POST', items: 3, status: '0' }]);
    expect(JSON.stringify(after)).not.toContain(APP.apiSecret);
  });

  test('sets the balance, answers for expected numbers, resets', async () => {
    const buka = await start({ apps: [{ ...APP, balance: '5' }] });
    await control(buka, 'balance', { balance: '0.01' });
    expect((await send(buka, NUMBERS)).status).toBe('-10');
    expect((await control(buka, 'ledger', { expected: NUMBERS })).body).toMatchObject({
      once: 0,
      never: NUMBERS,
    });
    await control(buka, 'reset', {});
    expect((await ask(buka, 'getBalance')).balance).toBe('5.000000');
    expect(buka.ledger.counts()).toMatchObject({ once: 0, never: 0 });
  });

  test('ids after a reset are new ones', async () => {
    const buka = await start();
    const first = await send(buka, NUMBERS);
    buka.reset();
    const second = await send(buka, NUMBERS);
    expect(second.array[0]?.msgId).not.toBe(first.array[0]?.msgId);
  });

  test.each([
    ['faults', { name: 'sunshine', setting: {} }],
    ['faults', { name: 'slow', setting: { probability: 2 } }],
    ['reply', { number: 'nobody', content: 'x' }],
    ['balance', { balance: '-1' }],
    ['balance', { balance: '1', apiKey: 'unknown' }],
    ['urls', { reportUrl: 'file:///etc/passwd' }],
  ])('refuses %s %j', async (path, body) => {
    const buka = await start();
    expect((await control(buka, path, body)).httpStatus).toBe(400);
  });

  test('refuses any other path', async () => {
    const buka = await start();
    expect((await control(buka, 'nothing')).httpStatus).toBe(404);
  });
});

describe('who may call', () => {
  const statusFor = (buka: Buka, headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      request(`${buka.controlUrl}/state`, { headers }, (answer) => resolve(answer.resume().statusCode))
        .once('error', reject)
        .end();
    });

  test.each([
    [{ host: 'localhost:1234' }, 200],
    [{ origin: 'http://127.0.0.1:5173' }, 200],
    [{ host: 'evil.example' }, 403],
    [{ host: '127.0.0.1.evil.example' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
  ] as [Record<string, string>, number][])('%j is answered %i', async (headers, status) => {
    const buka = await start();
    expect(await statusFor(buka, headers)).toBe(status);
  });
});

describe('the state file', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'buka-'));
  });
  afterEach(async () => {
    await closeAll();
    rmSync(directory, { recursive: true });
  });

  test('brings back messages, ledger, replies and balance', async () => {
    const stateFile = join(directory, 'buka.json');
    const before = await start({ stateFile });
    const { array } = await send(before, NUMBERS);
    await send(before, ['+1']);
    before.deliverNow();
    before.reply(NUMBERS[0] ?? '', 'hi');
    const balance = (await ask(before, 'getBalance')).balance;
    await before.close();

    const after = await start({ stateFile });
    expect(after.ledger.counts()).toEqual({ once: 3, moreThanOnce: 0, never: 1, unexpected: 0 });
    expect((await ask(after, 'getBalance')).balance).toBe(balance);
    expect((await ask(after, `getReport?appId=app-1&msgIds=${array[0]?.msgId}`)).success).toBe('1');
    expect(after.phones().flatMap(({ texts }) => texts)).toHaveLength(4);
  });

  test('brings back the faults and their remaining times, unless others are set', async () => {
    const stateFile = join(directory, 'buka.json');
    const before = await start({ stateFile });
    before.faults.set('accountLocked', { times: 2 });
    before.faults.set('platformFault', { times: 1, on: 'getReport' });
    expect((await send(before, NUMBERS)).status).toBe('-13');
    await before.close();

    const after = await start({ stateFile });
    expect(after.faults.current()).toMatchObject({
      accountLocked: { struck: 1 },
      platformFault: { struck: 0 },
    });
    expect((await send(after, NUMBERS)).status).toBe('-13');
    expect((await send(after, NUMBERS)).status).toBe('0');
    await after.close();

    const chosen = await start({ stateFile, faults: { reordered: {} } });
    expect(Object.keys(chosen.faults.current())).toEqual(['reordered']);
  });

  test('opens a file of earlier versions, which called the faults weather', async () => {
    const stateFile = join(directory, 'buka.json');
    await (await start({ stateFile, faults: { accountLocked: {} } })).close();
    const { faults, ...rest } = JSON.parse(readFileSync(stateFile, 'utf8'));
    writeFileSync(stateFile, JSON.stringify({ ...rest, weather: faults }));
    expect((await start({ stateFile })).faults.current()).toEqual({ accountLocked: { struck: 0 } });
  });

  test('is not overwritten if it is of another version', async () => {
    const stateFile = join(directory, 'buka.json');
    writeFileSync(stateFile, '{"version":99}');
    await expect(start({ stateFile })).rejects.toThrow('another version');
  });
});

test('a port that is taken is an error to the caller', async () => {
  const buka = await start();
  await expect(start({ port: Number(new URL(buka.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
