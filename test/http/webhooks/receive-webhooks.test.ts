import { request as httpRequest } from 'node:http';
import { storeWebhooks } from '../../../src/batches/tracking/store-webhook';
import { createBodyBudget } from '../../../src/http/bodies/body-budget';
import { type HttpServer, startHttpServer } from '../../../src/http/server';
import { receiveWebhooks, type WebhookReceiver } from '../../../src/http/webhooks/receive-webhooks';
import { createLog } from '../../../src/log';
import { createWebhooks } from '../../../src/providers/onbuka/webhooks/webhooks';
import type {
  ReceivedWebhook,
  WebhookAccounts,
  WebhookRequest,
} from '../../../src/providers/provider-webhooks';
import { createTestApp, type TestApp } from '../../setup/app-context';

const SECRET = 'a-secret-of-the-callback';
/** The address is that of one account. */
const ACCOUNTS: WebhookAccounts = {
  ofSubAccount: async () => [],
  atAddress: async (secret) => (secret === SECRET ? ['7'] : null),
};
const BODY = '{"appId":"app","msgid":2108021054011000095,"orderId ":"order-1"}';

let testApp: TestApp;
let server: HttpServer | undefined;
let logged: string[];
beforeEach(async () => {
  testApp = await createTestApp();
  logged = [];
});
afterEach(async () => {
  await server?.stop(0);
  server = undefined;
  await testApp.close();
});

const store = (received: ReceivedWebhook[]) => storeWebhooks(testApp.app, 'onbuka', received);

async function start(more: Partial<WebhookReceiver> = {}) {
  const log = createLog('debug', { write: (line: string) => void logged.push(line) });
  const route = receiveWebhooks({
    publicUrl: 'http://localhost',
    expects: (request) => createWebhooks().expects(request, ACCOUNTS),
    receive: (request) => createWebhooks().receive(request, ACCOUNTS),
    store,
    bodies: createBodyBudget(),
    countRefusal: () => {},
    route: 'POST /buka/reports/*',
    log,
    // Longer than any commit on a busy machine: only the test of the deadline has a short one.
    answerWithinMs: 60_000,
    ...more,
  });
  const routes = { 'POST /buka/reports/*': route };
  server = await startHttpServer({ host: '127.0.0.1', port: 0, routes, log });
}

function post(body: string | Uint8Array<ArrayBuffer>, path = `/buka/reports/${SECRET}`, method = 'POST') {
  return fetch(`http://127.0.0.1:${server?.port}${path}`, {
    method,
    ...(method === 'POST' ? { body, headers: { 'content-type': 'text/plain' } } : {}),
  });
}

/** Resolves once this many of them are answered. */
function answered(posts: Promise<Response>[], count: number): Promise<void> {
  let open = count;
  return new Promise((resolve) => {
    const note = () => {
      open -= 1;
      if (open === 0) resolve();
    };
    for (const one of posts) one.then(note, note);
  });
}

const storedRows = () =>
  testApp.app.db('webhook_inbox').orderBy('id').select('channel', 'kind', 'body', 'outcome');

test('a body of any type is stored unchanged, answered 200, and its job is queued', async () => {
  await start();
  const answer = await post(BODY);
  expect([answer.status, await answer.text()]).toEqual([200, '{}']);
  expect(await storedRows()).toEqual([{ channel: 'onbuka', kind: 'report', body: BODY, outcome: null }]);
  const { rows } = await testApp.app.db.raw(`select task_identifier from bulk_sms_queue.jobs`);
  expect(rows).toEqual([{ task_identifier: 'record-delivery-reports' }]);
});

test('many at once share commits, and each is stored before it is answered', async () => {
  const groups: number[] = [];
  await start({
    store: async (received) => {
      groups.push(received.length);
      await store(received);
    },
  });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => post(`{"n":${index}}`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set((await storedRows()).map(({ body }) => body)).size).toBe(100);
  expect(groups.length).toBeLessThan(100);
  expect(groups.reduce((sum, size) => sum + size, 0)).toBe(100);
});

test.each([
  ['a wrong secret', `/buka/reports/${SECRET}x`, 'POST'],
  ['a part of the secret', `/buka/reports/${SECRET.slice(0, -1)}`, 'POST'],
  ['no secret', '/buka/reports/', 'POST'],
  ['a path below it', `/buka/reports/${SECRET}/x`, 'POST'],
  ['the pattern itself', '/buka/reports/*', 'POST'],
  ['another method', `/buka/reports/${SECRET}`, 'GET'],
])('%s is answered like any unknown path', async (_, path, method) => {
  await start();
  const [answer, unknown] = await Promise.all([post(BODY, path, method), post(BODY, '/nowhere', method)]);
  expect([answer.status, await answer.text()]).toEqual([404, await unknown.text()]);
  expect(await storedRows()).toEqual([]);
});

test('a body of more than 1 MiB is refused, with a content-length or without, and the next is accepted', async () => {
  await start();
  expect((await post('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  expect(await postWithoutLength('x'.repeat(64 * 1024), 17)).toBe(413);
  expect((await post('x'.repeat(1024 * 1024))).status).toBe(200);
  expect(await storedRows()).toHaveLength(1);
});

test('requests over the limit are answered 503, and the open ones are stored', async () => {
  const release = signal();
  const started = signal();
  await start({
    maxOpen: 1,
    store: async (received) => {
      started.give();
      await release.given;
      await store(received);
    },
  });
  const first = post(BODY);
  await started.given;
  const second = await post(BODY);
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, '2']);
  release.give();
  expect((await first).status).toBe(200);
  expect((await post(BODY)).status).toBe(200);
  expect(await storedRows()).toHaveLength(2);
});

test('bodies over the memory limit are answered 503, and one write stores no more than 4 MiB', async () => {
  const writes: number[] = [];
  const release = signal();
  const started = signal();
  await start({
    bodies: createBodyBudget({ totalBytes: 8 * 1024 * 1024, reservedBytes: { slack: 0, providers: 0 } }),
    store: async (received) => {
      writes.push(received.length);
      started.give();
      await release.given;
      await store(received);
    },
  });
  const large = 'x'.repeat(1024 * 1024);
  const first = post(large);
  await started.given;
  const others = Array.from({ length: 20 }, () => post(large));
  // Eight are in memory, the first included: the others are refused or cut while those wait.
  await answered(others, 13);
  release.give();
  const ends = await Promise.allSettled([first, ...others]);
  const statuses = ends.map((end) => (end.status === 'fulfilled' ? end.value.status : 'cut'));
  expect(statuses.filter((status) => status === 200)).toHaveLength(8);
  expect(statuses.filter((status) => status === 503 || status === 'cut')).toHaveLength(13);
  expect(await storedRows()).toHaveLength(8);
  expect(Math.max(...writes)).toBeLessThanOrEqual(4);
});

test('a database that hangs: nothing is answered 200, the requests stay open, and what is committed later is stored', async () => {
  await start({ maxOpen: 3, answerWithinMs: 50 });
  const { db } = testApp.app;
  const lock = await db.transaction();
  await lock.raw('lock table webhook_inbox in access exclusive mode');
  const answers = await Promise.all([post('1'), post('2'), post('3')]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect((await post('4')).status).toBe(503);
  await lock.commit();
  while ((await post('5')).status !== 200);
  expect(new Set((await storedRows()).map(({ body }) => body))).toEqual(new Set(['1', '2', '3', '5']));
});

describe('a provider that signs its webhooks, so that its accounts are read before one is believed', () => {
  const readsAccounts = async (request: WebhookRequest) => {
    await testApp.app.accounts.listBySubAccount('onbuka', 'app');
    return createWebhooks().receive(request, ACCOUNTS);
  };

  test('is answered 503 in time while the database hangs; the requests stay open, and are stored later', async () => {
    await start({ receive: readsAccounts, maxOpen: 2, answerWithinMs: 50 });
    const lock = await testApp.app.db.transaction();
    await lock.raw('lock table provider_account in access exclusive mode');
    const answers = await Promise.all([post('1'), post('2')]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['2', '2']);
    expect((await post('3')).status).toBe(503);
    await lock.commit();
    while ((await post('4')).status !== 200);
    expect(new Set((await storedRows()).map(({ body }) => body))).toEqual(new Set(['1', '2', '4']));
  });

  test('is answered 503 while the database is away, and the next is stored', async () => {
    await start({ receive: readsAccounts, maxOpen: 1 });
    await testApp.app.db.raw('alter table provider_account rename to away');
    expect((await post(BODY)).status).toBe(503);
    expect((await post(BODY)).status).toBe(503);
    await testApp.app.db.raw('alter table away rename to provider_account');
    expect((await post(BODY)).status).toBe(200);
    expect(await storedRows()).toHaveLength(1);
    expect(logged.join('')).toContain('could not be stored');
    expect(logged.join('')).not.toMatch(/order-1|a-secret/);
  });
});

test('too many while the database is away: all are answered 503, and are stored once it is back', async () => {
  await start();
  await testApp.app.db.raw('alter table webhook_inbox rename to away');
  const all = () => Promise.all(Array.from({ length: 600 }, (_, index) => post(`{"n":${index}}`)));
  expect(new Set((await all()).map(({ status }) => status))).toEqual(new Set([503]));
  await testApp.app.db.raw('alter table away rename to webhook_inbox');
  const again = (await all()).filter(({ status }) => status === 200);
  expect(again.length).toBeGreaterThanOrEqual(256);
  expect(await storedRows()).toHaveLength(again.length);
});

test('a body that is little but structure is refused before it is stored', async () => {
  await start();
  const braces = (count: number) => `[${Array(count).fill('{}').join()}]`;
  expect((await post(braces(340_000))).status).toBe(413);
  expect((await post('['.repeat(1_000) + ']'.repeat(1_000))).status).toBe(413);
  expect(await storedRows()).toEqual([]);
  expect((await post(braces(10))).status).toBe(200);
});

test('a body that stops half way counts as open no longer than its connection', async () => {
  await start({ maxOpen: 1 });
  const call = httpRequest({
    ...{ port: server?.port, host: '127.0.0.1', path: `/buka/reports/${SECRET}`, method: 'POST' },
    headers: { 'content-length': '100' },
  });
  call.once('error', () => {});
  call.write('{"half":');
  await untilStatus(503);
  call.destroy();
  await untilStatus(200);
  expect(logged.join('')).toBe('');
});

async function untilStatus(status: number): Promise<void> {
  while ((await post(BODY)).status !== status);
}

test('a body that cannot be stored is answered 503, and neither it nor the secret is logged', async () => {
  await start();
  await testApp.app.db.raw('alter table webhook_inbox rename to webhook_inbox_away');
  const answer = await post('{"mobile":"8613800138000","content":"hello"}');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect(logged.join('')).toContain('could not be stored');
  expect(logged.join('')).not.toMatch(/13800138000|hello|a-secret/);
});

test('bytes that are not text, and characters that Postgres cannot store, do not lose a webhook', async () => {
  await start();
  expect((await post(new Uint8Array([0xff, 0x00, 0x31]))).status).toBe(200);
  expect((await post('{"reason":"a\\u0000b\\\\u0000"}')).status).toBe(200);
  expect((await storedRows()).map(({ body }) => body)).toEqual([
    '\uFFFD1',
    '{"reason":"a\\u0000b\\\\u0000"}',
  ]);
});

/** A body sent in pieces, without a content-length. */
function postWithoutLength(piece: string, pieces: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = httpRequest({
      port: server?.port,
      host: '127.0.0.1',
      path: `/buka/reports/${SECRET}`,
      method: 'POST',
    });
    call.once('response', (answer) => resolve(answer.statusCode));
    call.once('error', reject);
    for (let sent = 0; sent < pieces; sent += 1) call.write(piece);
    call.end();
  });
}

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}
