import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createOnbukaProvider } from '../../../src/providers/onbuka/onbuka';
import type { SendOutcome, UnknownCause } from '../../../src/providers/send-outcome';
import { accountAt, messages, NOW_MS, rejected, unclear } from './fixtures';

/** Real sockets: only they show whether a request has left. */
const provider = createOnbukaProvider({ now: () => NOW_MS, connectTimeoutMs: 60_000 });
/** Only for the tests of a deadline: on a busy machine a short one would come before the fault under test. */
const impatientProvider = createOnbukaProvider({ now: () => NOW_MS, connectTimeoutMs: 150 });

/** A clear answer: the provider took the request, and not the number in it. */
const ANSWER = JSON.stringify({ status: '0', success: '0', fail: '1', array: [] });
const ANSWERED = {
  accepted: [],
  refused: [{ orderId: 'order-0', reason: expect.any(String) }],
  unclear: [],
  deferred: [],
  because: null,
};
const SOME_REASON: string = expect.any(String);
const head = (length: number, more = '') => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n${more}\r\n`;

const closeServers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closeServers.splice(0).map((close) => close()));
});

/** A server that sends `greeting` to each connection, calls `behave` when a request is complete, and counts both. */
async function serve(behave: (socket: Socket, requestNumber: number) => void, greeting = '') {
  const sockets: Socket[] = [];
  const seen = { requests: 0, connections: 0 };
  const server = net.createServer((socket) => {
    sockets.push(socket);
    seen.connections += 1;
    socket.on('error', () => {});
    if (greeting) socket.write(greeting);
    socket.on('data', (data) => {
      if (!data.includes('"orderId"')) return;
      seen.requests += 1;
      behave(socket, seen.requests);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  closeServers.push(() => {
    for (const socket of sockets) socket.destroy();
    return once(server.close(), 'close');
  });
  return { port, seen };
}

type Options = Parameters<typeof provider.sendSmsBatch>[2];

const PATIENT = { timeoutMs: 60_000 };

function send(baseUrl: string, options: Options = PATIENT, sender = provider): Promise<SendOutcome> {
  return sender.sendSmsBatch(accountAt(baseUrl), { messages: messages(1) }, options);
}

describe('nothing has left: rejected, to be tried again', () => {
  test('connection refused', async () => {
    const server = net.createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    await once(server.close(), 'close');
    const reason = 'the provider refuses connections';
    expect(await send(`http://127.0.0.1:${port}/v3`)).toEqual(
      rejected({ fault: 'retryable', code: 'connect_refused', reason }),
    );
  });

  test('a TLS handshake that fails', async () => {
    const server = await serve(() => {}, 'no TLS here\r\n');
    expect(await send(`https://127.0.0.1:${server.port}/v3`)).toEqual(
      rejected({ fault: 'retryable', code: 'connect_failed', reason: SOME_REASON }),
    );
  });

  test('a TLS handshake that is never answered', async () => {
    const server = await serve(() => {});
    const outcome = await send(`https://127.0.0.1:${server.port}/v3`, PATIENT, impatientProvider);
    expect(outcome).toEqual(rejected({ fault: 'retryable', code: 'connect_timeout', reason: SOME_REASON }));
    expect(server.seen).toEqual({ connections: 1, requests: 0 });
  });

  test('cancelled before it began', async () => {
    const server = await serve(() => {});
    const outcome = await send(`http://127.0.0.1:${server.port}/v3`, { signal: AbortSignal.abort() });
    expect(outcome).toEqual(rejected({ fault: 'retryable', code: 'cancelled', reason: SOME_REASON }));
    expect(server.seen.connections).toBe(0);
  });
});

describe('nothing has left, and a person must act', () => {
  test.each(['', 'api.onbuka.com', 'ftp://api.onbuka.com/v3', 'https://'])('base URL %j', async (baseUrl) => {
    expect(await send(baseUrl)).toEqual(
      rejected({ fault: 'account', code: 'base_url_invalid', reason: SOME_REASON }),
    );
  });
});

describe('the request has left: unknown, and sent once', () => {
  test.each<[string, (socket: Socket) => void, UnknownCause]>([
    ['no answer', () => {}, 'timeout'],
    ['a head and no body', (socket) => socket.write(head(99)), 'timeout'],
    ['half a body, then nothing', (socket) => socket.write(`${head(99)}{"status"`), 'timeout'],
    ['a reset', (socket) => socket.resetAndDestroy(), 'connection_lost'],
    ['closed without a word', (socket) => socket.end(), 'connection_lost'],
    ['a reset after half a body', (socket) => socket.end(`${head(99)}{"status"`), 'connection_lost'],
    ['something that is not HTTP', (socket) => socket.end('220 mail.test ESMTP\r\n\r\n'), 'unreadable_reply'],
    [
      'damaged compression',
      (socket) => socket.end(`${head(9, 'Content-Encoding: gzip\r\n')}not gzip!`),
      'unreadable_reply',
    ],
    [
      'a small body that unpacks to a large one',
      (socket) => {
        const body = gzipSync(Buffer.alloc(5 * 1024 * 1024, ' '));
        socket.write(head(body.length, 'Content-Encoding: gzip\r\n'));
        socket.end(body);
      },
      'unreadable_reply',
    ],
  ])('%s', async (_, behave, cause) => {
    const server = await serve(behave);
    const options = cause === 'timeout' ? { timeoutMs: 1_000 } : PATIENT;
    const outcome = await send(`http://127.0.0.1:${server.port}/v3`, options);
    expect(outcome).toEqual(unclear({ cause, reason: SOME_REASON }));
    expect(server.seen).toEqual({ connections: 1, requests: 1 });
  });

  test('cancelled while waiting for the answer', async () => {
    const shutdown = new AbortController();
    const server = await serve(() => shutdown.abort());
    const outcome = await send(`http://127.0.0.1:${server.port}/v3`, { signal: shutdown.signal });
    expect(outcome).toEqual(unclear({ cause: 'connection_lost', reason: SOME_REASON }));
  });

  test('a reset on a connection that has served before', async () => {
    const server = await serve((socket, requestNumber) => {
      if (requestNumber === 1) socket.write(head(ANSWER.length) + ANSWER);
      else socket.resetAndDestroy();
    });
    const baseUrl = `http://127.0.0.1:${server.port}/v3`;
    expect(await send(baseUrl)).toEqual(ANSWERED);
    expect(await send(baseUrl)).toEqual(unclear({ cause: 'connection_lost', reason: SOME_REASON }));
    expect(server.seen).toEqual({ connections: 1, requests: 2 });
  });
});

test('a base URL over plain HTTP works, and its connection is kept', async () => {
  const server = await serve((socket) => socket.write(head(ANSWER.length) + ANSWER));
  const baseUrl = `http://127.0.0.1:${server.port}/v3/`;
  expect(await send(baseUrl)).toEqual(ANSWERED);
  expect(await send(baseUrl)).toEqual(ANSWERED);
  expect(server.seen).toEqual({ connections: 1, requests: 2 });
});

test('a redirect is not followed', async () => {
  const server = await serve((socket) =>
    socket.end('HTTP/1.1 307 Moved\r\nLocation: /v3/elsewhere\r\nContent-Length: 0\r\n\r\n'),
  );
  const outcome = await send(`http://127.0.0.1:${server.port}/v3`);
  expect(outcome).toEqual(rejected({ fault: 'account', code: 'http_307', reason: SOME_REASON }));
  expect(server.seen.requests).toBe(1);
});
