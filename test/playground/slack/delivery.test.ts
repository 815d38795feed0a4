import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sign } from '@bulk-sms/playground/slack/deliver/post-signed';
import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import { WebSocket } from 'ws';
import { ANNA, SECRETS, startBolt } from './start-bolt';

interface ReceivedRequest {
  headers: IncomingMessage['headers'];
  body: string;
}

describe('delivery over HTTP', () => {
  let slack: Slack;
  let app: Server;
  let received: ReceivedRequest[];
  let answer: { status: number; late?: boolean };
  let now: number;

  beforeEach(async () => {
    received = [];
    answer = { status: 200 };
    now = Date.now();
    app = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      received.push({ headers: request.headers, body });
      if (!answer.late) response.writeHead(answer.status).end();
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const { port } = app.address() as AddressInfo;
    slack = await startSlack({
      ...SECRETS,
      requestUrl: `http://127.0.0.1:${port}/slack/events`,
      eventRetryDelaysMs: [0, 0, 0],
      now: () => now,
    });
  });
  afterEach(async () => {
    await slack.close();
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  });

  const command = () => slack.as(ANNA).command('/sms help', slack.channel('general').id);
  const responseUrl = async () => {
    await command();
    return new URLSearchParams(received.at(-1)?.body).get('response_url') ?? '';
  };
  const respond = (url: string, body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('signs what it sends and sets the exact content type', async () => {
    await command();
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    const timestamp = Number(headers['x-slack-request-timestamp']);
    expect(headers['x-slack-signature']).toBe(sign(SECRETS.signingSecret, timestamp, body));
  });

  it('signs the example of Slack’s documentation as documented', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(sign('8f742231b10e8888abcd99yyyzzz85a5', 1_531_420_618, body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  it('shows a time-out to the person', async () => {
    answer = { status: 200, late: true };
    const { port } = app.address() as AddressInfo;
    const hasty = await startSlack({
      ...SECRETS,
      requestUrl: `http://127.0.0.1:${port}/`,
      ackTimeoutMs: 500,
    });
    const seen = await hasty.as(ANNA).command('/sms help', hasty.channel('general').id);
    expect(seen).toMatchObject({ acked: false, problem: 'operation_timeout' });
    await hasty.close();
  });

  it('shows a failed status, and that the app cannot be reached', async () => {
    answer = { status: 500 };
    expect(await command()).toMatchObject({ acked: false, problem: 'http_500' });
    slack.setRequestUrl('http://127.0.0.1:1/');
    expect(await command()).toMatchObject({ acked: false, problem: 'dispatch_failed' });
  });

  it('delivers an event up to three more times until it is acknowledged', async () => {
    answer = { status: 500 };
    await slack.as(ANNA).openHome();
    await slack.waitFor(() => slack.traffic.named('app_home_opened').length === 4);
    expect(received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(new Set(received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  });

  it('takes five answers to a response_url', async () => {
    const url = await responseUrl();
    const statuses: number[] = [];
    for (let use = 0; use < 6; use++) statuses.push((await respond(url, { text: `${use}` })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.as(ANNA).sees(slack.channel('general').id)).toHaveLength(5);
    expect(slack.messages(slack.channel('general').id)).toHaveLength(0);
  });

  it('takes no answer after thirty minutes', async () => {
    const url = await responseUrl();
    now += 30 * 60_000 + 1;
    const response = await respond(url, { text: 'Late' });
    expect([response.status, await response.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });
});

describe('Socket Mode', () => {
  it('gives each address to one connection, and none to the bot token', async () => {
    const slack = await startSlack(SECRETS);
    const call = (token: string) =>
      fetch(`${slack.url}apps.connections.open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      }).then((response) => response.json() as Promise<{ ok: boolean; url: string; error?: string }>);
    expect(await call(SECRETS.botToken)).toMatchObject({ ok: false, error: 'not_allowed_token_type' });
    const { url } = await call(SECRETS.appToken);
    const connect = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.once('message', (data: Buffer) => resolve(JSON.parse(String(data)).type));
        socket.once('error', () => resolve('refused'));
      });
    expect(await connect()).toBe('hello');
    expect(await connect()).toBe('refused');
    await slack.close();
  });

  it('cannot deliver before the app is connected', async () => {
    const slack = await startSlack(SECRETS);
    const seen = await slack.as(ANNA).command('/sms', slack.channel('general').id);
    expect(seen).toMatchObject({ acked: false, problem: 'dispatch_failed' });
    await slack.close();
  });

  it('reconnects after Slack asked for a refresh', async () => {
    const { slack, stop } = await startBolt('socket', (app) =>
      app.command('/sms', ({ ack }) => ack('Here.')),
    );
    slack.sockets.refresh();
    expect(slack.sockets.count()).toBe(0);
    await slack.waitFor(() => slack.sockets.count() === 1);
    const seen = await slack.as(ANNA).command('/sms', slack.channel('general').id);
    expect(seen.message?.text).toBe('Here.');
    await stop();
  });
});
