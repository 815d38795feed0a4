import { request } from 'node:http';
import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import { SECRETS } from './start-bolt';

const MEGABYTE = 1024 * 1024;

let slack: Slack;
beforeEach(async () => {
  slack = await startSlack(SECRETS);
});
afterEach(() => slack.close());

/** Without a length the body goes in chunks. */
function post(path: string, type: string, body: Buffer, hasLength = false) {
  const headers = { 'content-type': type, ...(hasLength ? { 'content-length': body.length } : {}) };
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const call = request(slack.origin + path, { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    call.on('error', reject);
    for (let at = 0; at < body.length; at += 64 * 1024) call.write(body.subarray(at, at + 64 * 1024));
    call.end();
  });
}

it.each([
  ['a form', 'application/x-www-form-urlencoded', 'greeting=hello'],
  ['JSON', 'application/json', '{"greeting":"hello"}'],
])('takes %s that comes in chunks', async (_what, type, body) => {
  const { status, text } = await post('/api/api.test', type, Buffer.from(body));
  expect({ status, ...JSON.parse(text) }).toEqual({ status: 200, ok: true, args: { greeting: 'hello' } });
});

it.each([
  ['/api/chat.postMessage', 4],
  ['/response/ABC', 1],
  ['/playground/acts/say', 104],
])('refuses more than it takes at %s, announced or not', async (path, megabytes) => {
  const body = Buffer.alloc(megabytes * MEGABYTE + 1, ' ');
  for (const hasLength of [true, false]) {
    // A sender that still writes may see the connection end before it reads the answer.
    const status = await post(path, 'application/json', body, hasLength).then(
      (answer) => answer.status,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(status);
  }
  expect((await fetch(`${slack.url}api.test`)).status).toBe(200);
});

it('says what is wrong with a body that is not JSON', async () => {
  const { status, text } = await post('/api/api.test', 'application/json', Buffer.from('{"gree'));
  expect({ status, ...JSON.parse(text) }).toEqual({ status: 200, ok: false, error: 'invalid_json' });
});
