import { account, messages, rejected, unclear } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

/** Faults that a local server cannot produce, as Node reports them. */
async function sendWith(error: object) {
  buka()
    .post('/v3/sendSms')
    .replyWithError(Object.assign(new Error('as Node says'), error));
  return await provider.sendSmsBatch(account, { messages: messages(1) });
}

test.each([
  ['ECONNREFUSED', 'connect_refused'],
  ['ENOTFOUND', 'name_not_found'],
  ['EAI_AGAIN', 'name_not_found'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'connect_timeout'],
  ['CERT_HAS_EXPIRED', 'connect_failed'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'connect_failed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'connect_failed'],
])('%s before a connection is established: rejected, to be tried again', async (code, ours) => {
  const expected = rejected({ fault: 'retryable', code: ours, reason: expect.any(String) });
  expect(await sendWith({ code })).toEqual(expected);
});

test.each(['ECONNRESET', 'EPIPE', undefined])('%s proves nothing: unknown', async (code) => {
  const expected = unclear({ cause: 'connection_lost', reason: expect.any(String) });
  expect(await sendWith({ code })).toEqual(expected);
});

test('a slow answer ends at the deadline as unknown', async () => {
  buka().post('/v3/sendSms').delay(60_000).reply(200, { status: '0' });
  const outcome = await provider.sendSmsBatch(account, { messages: messages(1) }, { timeoutMs: 500 });
  expect(outcome).toEqual(unclear({ cause: 'timeout', reason: expect.any(String) }));
});
