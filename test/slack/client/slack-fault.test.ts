import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webApi } from '@slack/bolt';
import { slackFaultOf } from '../../../src/slack/client/slack-fault';

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

/** What the bot makes of an answer of Slack. */
async function faultOf({ status = 200, headers = {}, body }: Reply) {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const slackApiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const options = { slackApiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const client = new webApi.WebClient('xoxb-tests', options);
  try {
    await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'Hello' });
    return 'no fault';
  } catch (error) {
    return slackFaultOf(error);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const error = (code: string) => JSON.stringify({ ok: false, error: code });

it.each([
  ['channel_not_found', 'channel'],
  ['is_archived', 'channel'],
  ['user_disabled', 'person'],
  ['thread_locked', 'thread'],
  ['cannot_reply_to_message', 'thread'],
  ['message_not_found', 'gone'],
  ['cant_update_message', 'not_editable'],
  ['edit_window_closed', 'not_editable'],
  ['invalid_blocks', 'blocks'],
  ['msg_too_long', 'content'],
  ['invalid_auth', 'token'],
  ['token_revoked', 'token'],
  ['missing_scope', 'permission'],
])('%s proves that nothing was done, because of: %s', async (code, cause) => {
  expect(await faultOf({ body: error(code) })).toEqual({ kind: 'refused', error: code, cause });
});

it.each([
  ['internal_error', { body: error('internal_error') }],
  ['fatal_error', { body: error('fatal_error') }],
  ['service_unavailable', { body: error('service_unavailable') }],
  ['request_timeout', { body: error('request_timeout') }],
  ['update_failed', { body: error('update_failed') }],
  ['a code that nobody has listed', { body: error('made_up_yesterday') }],
  ['HTML with 200', { body: '<html><body>Sorry</body></html>', headers: { 'content-type': 'text/html' } }],
  ['HTML with 503', { status: 503, body: '<html></html>' }],
  ['nothing', { body: '' }],
  ['an answer without ok', { body: '{}' }],
])('%s proves nothing', async (_, reply) => {
  expect(await faultOf(reply)).toMatchObject({ kind: 'unclear' });
});

it.each([
  ['a time', { 'retry-after': '7' }, 7_000],
  ['no time', {}, 30_000],
  ['a time that is no number', { 'retry-after': 'soon' }, 30_000],
  ['a time of years', { 'retry-after': '99999999' }, 3_600_000],
  ['no seconds', { 'retry-after': '0' }, 1_000],
])('a 429 with %s is a limit', async (_, headers, retryAfterMs) => {
  const reply = { status: 429, headers: headers as Record<string, string>, body: error('ratelimited') };
  expect(await faultOf(reply)).toEqual({ kind: 'limited', retryAfterMs });
});
