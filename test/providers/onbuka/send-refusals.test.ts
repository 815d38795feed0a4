import type { RejectionFault, UnknownCause } from '../../../src/providers/send-outcome';
import { account, messages, NOW_MS, numberOf, rejected, SIGN, unclear } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

async function sendAndGet(httpStatus: number, body: string | object, headers: Record<string, string> = {}) {
  buka()
    .post('/v3/sendSms')
    .reply(httpStatus, body as object, headers);
  return await provider.sendSmsBatch(account, { messages: messages(1) });
}

describe('a documented status says whose fault the refusal is', () => {
  test.each<[string, RejectionFault]>([
    ['-1', 'account'],
    ['-2', 'account'],
    ['-3', 'content'],
    ['-4', 'content'],
    ['-5', 'content'],
    ['-6', 'content'],
    ['-7', 'request'],
    ['-8', 'numbers'],
    ['-9', 'numbers'],
    ['-10', 'account'],
    ['-11', 'request'],
    ['-12', 'retryable'],
    ['-13', 'account'],
    ['-14', 'request'],
    ['-15', 'retryable'],
    ['-16', 'retryable'],
    ['-17', 'content'],
    ['-19', 'account'],
    ['-22', 'request'],
    ['-24', 'request'],
    ['-25', 'request'],
  ])('%s: %s', async (status, fault) => {
    const expected = rejected({ fault, code: status, reason: 'in their words' });
    expect(await sendAndGet(200, { status, reason: 'in their words' })).toEqual(expected);
    expect(await sendAndGet(200, { status: Number(status), reason: 'in their words' })).toEqual(expected);
  });
});

test('a refusal without a reason gets our words', async () => {
  expect(await sendAndGet(200, { status: '-10' })).toMatchObject({
    because: { reason: 'insufficient balance' },
  });
});

describe('unknown, never failed', () => {
  test.each<[string, number, string | object, UnknownCause]>([
    ['interface fault', 200, { status: '-18', reason: 'oops' }, 'interface_fault'],
    ['an undocumented status', 200, { status: '-99', reason: 'oops' }, 'unreadable_reply'],
    ['a positive status', 200, { status: '1' }, 'unreadable_reply'],
    ['no status', 200, { reason: 'success' }, 'unreadable_reply'],
    ['a null status', 200, { status: null }, 'unreadable_reply'],
    ['a list in place of an object', 200, [], 'unreadable_reply'],
    ['the word null', 200, 'null', 'unreadable_reply'],
    ['HTML', 200, '<html>Welcome</html>', 'unreadable_reply'],
    ['truncated JSON', 200, '{"status":"0","success":"1","arr', 'unreadable_reply'],
    ['an empty body', 200, '', 'unreadable_reply'],
    ['HTTP 204', 204, '', 'unreadable_reply'],
    ['a body over 4 MiB', 200, { status: '0', reason: 'x'.repeat(5 * 1024 * 1024) }, 'unreadable_reply'],
    ['HTTP 302', 302, '', 'unreadable_reply'],
    ['HTTP 303', 303, '', 'unreadable_reply'],
    ['HTTP 408', 408, '', 'timeout'],
    ['HTTP 499', 499, '', 'unreadable_reply'],
    ['HTTP 500', 500, '', 'server_error'],
    ['HTTP 500 with a refusal in it', 500, { status: '-12' }, 'server_error'],
    ['HTTP 502', 502, '<html>', 'server_error'],
    ['HTTP 503', 503, '', 'server_error'],
    ['HTTP 504', 504, '', 'server_error'],
  ])('%s', async (_, httpStatus, body, cause) => {
    expect(await sendAndGet(httpStatus, body)).toEqual(unclear({ cause, reason: expect.any(String) }));
  });
});

test('the body decides, not its content type', async () => {
  const accepted = { status: '0', success: '0', fail: '1', array: [] };
  const outcome = await sendAndGet(200, JSON.stringify(accepted), { 'Content-Type': 'text/html' });
  const refused = [{ orderId: 'order-0', reason: 'the provider did not accept this number' }];
  expect(outcome).toEqual({ accepted: [], refused, unclear: [], deferred: [], because: null });
});

describe('turned away in front of the provider', () => {
  test.each<[number, RejectionFault]>([
    [301, 'account'],
    [307, 'account'],
    [308, 'account'],
    [400, 'request'],
    [401, 'account'],
    [403, 'account'],
    [404, 'account'],
    [405, 'account'],
    [407, 'account'],
    [410, 'account'],
    [411, 'request'],
    [413, 'request'],
    [414, 'request'],
    [415, 'request'],
    [422, 'request'],
    [425, 'retryable'],
    [429, 'retryable'],
    [431, 'request'],
  ])('HTTP %i: %s', async (httpStatus, fault) => {
    const outcome = await sendAndGet(httpStatus, '', { Location: 'https://elsewhere.test/v3/sendSms' });
    expect(outcome).toEqual(rejected({ fault, code: `http_${httpStatus}`, reason: expect.any(String) }));
  });
});

describe('HTTP 429 with Retry-After', () => {
  test.each([
    ['seconds', '120', 120_000],
    ['a date', new Date(NOW_MS + 90_000).toUTCString(), 90_000],
    ['a date gone by', new Date(NOW_MS - 90_000).toUTCString(), 0],
    ['a year', '31536000', 24 * 60 * 60 * 1000],
    ['nonsense', 'soon', undefined],
  ])('%s', async (_, header, retryAfterMs) => {
    const outcome = await sendAndGet(429, '', { 'Retry-After': header });
    const because = { fault: 'retryable', code: 'http_429', reason: expect.any(String) } as const;
    expect(outcome).toEqual(rejected({ ...because, retryAfterMs }));
  });
});

describe("the provider's words", () => {
  test.each([
    ['on one line', ' bad\r\n\tnumber \u0000\u202e here ', 'bad number here'],
    [
      'without phone numbers',
      `no route to ${numberOf(0)} or +1 (202) 555-0123`,
      'no route to [number] or [number]',
    ],
    [
      'without credentials',
      `key bDqJFiq9 secret 7bz1lzh9 ${SIGN}`,
      'key [redacted] secret [redacted] [redacted]',
    ],
    ['at most 200 characters', '长'.repeat(500), '长'.repeat(200)],
    ['with short numbers kept', 'max 1024 characters', 'max 1024 characters'],
  ])('%s', async (_, reason, shown) => {
    expect(await sendAndGet(200, { status: '-9', reason })).toMatchObject({ because: { reason: shown } });
  });
});
