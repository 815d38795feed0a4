import { ProviderError } from '../../../src/providers/sms-provider';
import { account } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

async function askAndFail(
  httpStatus: number,
  body: string | object,
  headers: Record<string, string> = {},
): Promise<ProviderError> {
  buka()
    .get('/v3/getBalance')
    .reply(httpStatus, body as object, headers);
  const error = await provider.getBalance(account).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ProviderError);
  return error as ProviderError;
}

test.each([
  ['-1', 'account'],
  ['-2', 'account'],
  ['-3', 'request'],
  ['-4', 'request'],
  ['-5', 'request'],
  ['-6', 'request'],
  ['-7', 'request'],
  ['-8', 'request'],
  ['-9', 'request'],
  ['-10', 'account'],
  ['-11', 'request'],
  ['-12', 'busy'],
  ['-13', 'account'],
  ['-14', 'request'],
  ['-15', 'too_often'],
  ['-16', 'busy'],
  ['-17', 'request'],
  ['-18', 'busy'],
  ['-19', 'account'],
  ['-22', 'request'],
  ['-25', 'request'],
  ['-99', 'busy'],
])('status %s: %s', async (status, fault) => {
  expect(await askAndFail(200, { status })).toMatchObject({ code: status, fault });
});

test.each([
  [302, 'busy'],
  [308, 'account'],
  [401, 'account'],
  [404, 'account'],
  [400, 'request'],
  [429, 'too_often'],
  [500, 'busy'],
  [502, 'busy'],
  [503, 'busy'],
])('HTTP %i: %s', async (httpStatus, fault) => {
  expect(await askAndFail(httpStatus, '')).toMatchObject({ code: `http_${httpStatus}`, fault });
});

test.each([429, 503])('HTTP %i passes on Retry-After', async (httpStatus) => {
  expect(await askAndFail(httpStatus, '', { 'Retry-After': '7' })).toMatchObject({ retryAfterMs: 7_000 });
});

test.each<[string, string | object]>([
  ['HTML', '<html>'],
  ['truncated JSON', '{"status":"0","balan'],
  ['an empty body', ''],
  ['no balance', { status: '0' }],
])('%s: unreadable, try later', async (_, body) => {
  expect(await askAndFail(200, body)).toMatchObject({ code: 'unreadable_reply', fault: 'busy' });
});

test.each([
  ['ECONNREFUSED', 'connect_refused'],
  ['ENOTFOUND', 'name_not_found'],
  ['ECONNRESET', 'connection_lost'],
])('%s: try later', async (code, ours) => {
  buka()
    .get('/v3/getBalance')
    .replyWithError(Object.assign(new Error('as Node says'), { code }));
  await expect(provider.getBalance(account)).rejects.toMatchObject({ code: ours, fault: 'busy' });
});

test('no answer by the deadline: try later', async () => {
  buka().get('/v3/getBalance').delay(60_000).reply(200, {});
  const asking = provider.getBalance(account, { timeoutMs: 500 });
  await expect(asking).rejects.toMatchObject({ code: 'timeout', fault: 'busy' });
});
