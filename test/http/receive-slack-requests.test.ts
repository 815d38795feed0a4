import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type BodyBudget, createBodyBudget } from '../../src/http/bodies/body-budget';
import { receiveSlackRequests } from '../../src/http/receive-slack-requests';
import { type HttpServer, startHttpServer } from '../../src/http/server';
import { createLog } from '../../src/log';
import { findFlaw, isSignedWith } from '../../src/slack/listeners/signed-requests';
import { until } from '../setup/until';
import { postInPart } from './bodies/post-in-part';

const isFull = process.env.FAULTS === 'full';
const SECRET = 'the-signing-secret';
const MIB = 1024 * 1024;
const FORM = 'application/x-www-form-urlencoded';

let server: HttpServer;
let bodies: BodyBudget;
let handled: string[];
let logged: string[];
let refused: Record<string, number>;
const open: { destroy(): void }[] = [];

async function start(budget: BodyBudget) {
  handled = [];
  logged = [];
  // What an earlier test left open ends later, and is none of this one's.
  const ofThisTest: Record<string, number> = {};
  refused = ofThisTest;
  const countRefusal = (routeAndReason: string) => {
    const reason = routeAndReason.replace('POST /slack/events ', '');
    ofThisTest[reason] = (ofThisTest[reason] ?? 0) + 1;
  };
  bodies = budget;
  const log = createLog('info', { write: (line: string) => void logged.push(line) });
  const slack = {
    findFlaw,
    isSigned: isSignedWith.bind(null, SECRET),
    handle(request: { rawBody: Buffer }, response: ServerResponse) {
      handled.push(request.rawBody.toString());
      response.writeHead(200).end();
    },
  };
  const route = receiveSlackRequests({ slack, bodies, countRefusal });
  server = await startHttpServer({
    ...{ host: '127.0.0.1', port: 0, log },
    routes: { 'POST /slack/events': route },
  });
}
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await server.stop(0);
});

function signed(body: string, { secret = SECRET, inS = 0 } = {}): Record<string, string> {
  const signedAt = String(Math.floor(Date.now() / 1000) + inS);
  const digest = createHmac('sha256', secret).update(`v0:${signedAt}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': signedAt, 'x-slack-signature': `v0=${digest}` };
}

const post = (body: string, headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${server.port}/slack/events`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

async function inPart(headers: Record<string, string>, sendBytes: number, announced = sendBytes + 1) {
  const all = { 'content-length': String(announced), ...headers };
  const client = await postInPart(server.port, { path: '/slack/events', headers: all, sendBytes });
  open.push(client.socket);
  return client;
}

test.each([
  ['unsigned', {}],
  ['unsigned', { 'x-slack-signature': `v0=${'0'.repeat(64)}` }],
  ['malformed_signature', { ...signed(''), 'x-slack-signature': 'v0=short' }],
  ['malformed_signature', { ...signed(''), 'x-slack-request-timestamp': '1e9' }],
  ['stale', signed('', { inS: -400 })],
  ['stale', signed('', { inS: 400 })],
])('headers that are %s are refused before any of the body has come', async (reason, headers) => {
  await start(createBodyBudget());
  const client = await inPart(headers, 0, 3 * MIB);
  const answer = await client.answer;
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect(answer).toMatch(/^connection: close$/im);
  expect(handled).toEqual([]);
  expect(refused).toEqual({ [reason]: 1 });
});

test('what is signed is handled with its body, and no longer held once it is answered', async () => {
  await start(createBodyBudget());
  const body = JSON.stringify({ type: 'event_callback' });
  expect((await post(body, signed(body))).status).toBe(200);
  expect(handled).toEqual([body]);
  await until(
    async () => bodies.heldBytes(),
    (held) => held === 0,
  );
});

test('a wrong signature is refused, counted and not logged one by one', async () => {
  await start(createBodyBudget());
  for (let asked = 0; asked < 20; asked += 1)
    expect((await post('{}', signed('{}', { secret: 'another' }))).status).toBe(401);
  expect((await post('{ }', signed('{}'))).status).toBe(401);
  expect(handled).toEqual([]);
  expect(logged).toEqual([]);
  expect(refused).toEqual({ wrong_signature: 21 });
});

test('a body over 4 MiB is refused before it is read', async () => {
  await start(createBodyBudget());
  const client = await inPart(signed(''), 0, 4 * MIB + 1);
  expect(await client.answer).toMatch(/^HTTP\/1\.1 413 /);
});

test.each(['application/json', FORM])('JSON that is little but structure is not parsed: %s', async (type) => {
  await start(createBodyBudget());
  const json = `[${Array(200_000).fill('{}').join()}]`;
  const body = type === FORM ? `payload=${encodeURIComponent(json)}` : json;
  expect((await post(body, { ...signed(body), 'content-type': type })).status).toBe(413);
  const command = 'command=%2Fsms&text=,,,,,[[[[[';
  expect((await post(command, { ...signed(command), 'content-type': FORM })).status).toBe(200);
  expect(handled).toEqual([command]);
});

/** Recipe 3 of the attacks: unsigned, and with headers that might be signed. */
test('250 bodies that lack a byte hold no more than the budget, and an honest request gets through', async () => {
  const [size, budget] = isFull ? [3_900_000, 32 * MIB] : [39_000, MIB / 2];
  await start(
    createBodyBudget(isFull ? {} : { totalBytes: budget, reservedBytes: { slack: 0, providers: 0 } }),
  );
  const before = process.memoryUsage().rss;
  let [mostHeld, mostRss] = [0, 0];
  const watch = setInterval(() => {
    mostHeld = Math.max(mostHeld, bodies.heldBytes());
    mostRss = Math.max(mostRss, process.memoryUsage().rss);
  }, 5);
  const body = JSON.stringify({ type: 'event_callback' });
  for (let sent = 0; sent < 250; sent += 1) {
    await inPart(sent % 5 === 0 ? {} : signed('forged'), size);
    if (sent % 25 === 0) expect((await post(body, signed(body))).status).toBe(200);
  }
  clearInterval(watch);
  expect(handled).toHaveLength(10);
  expect(mostHeld).toBeGreaterThan(0);
  expect(mostHeld).toBeLessThanOrEqual(budget);
  // The client's half of the buffers is in this process too.
  if (isFull) expect(mostRss - before).toBeLessThan(512 * MIB);
  expect(refused).toMatchObject({ unsigned: 50, gave_way: expect.any(Number) });
});

test('a slow body is cut on time', async () => {
  await start(createBodyBudget({ deadlineMs: 50 }));
  const client = await inPart(signed('forged'), 10);
  expect(await client.answer).toBe('');
  expect(refused).toEqual({ too_slow: 1 });
});
