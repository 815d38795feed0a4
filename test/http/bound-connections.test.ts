import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { health } from '../../src/http/health';
import { type HttpServer, type Route, send, startHttpServer } from '../../src/http/server';
import { createLog } from '../../src/log';

const isFull = process.env.FAULTS === 'full';
const MOST = isFull ? 1_000 : 40;

let server: HttpServer;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.stop(0);
});

async function start(routes: Record<string, Route>) {
  server = await startHttpServer({
    ...{ host: '127.0.0.1', port: 0, log: createLog('silent') },
    routes: { 'GET /healthz': health, ...routes },
    maxConnections: MOST,
  });
}

async function open(): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const isHealthy = async () => (await fetch(`http://127.0.0.1:${server.port}/healthz`)).status === 200;

test('twice as many silent connections as are allowed keep nobody out, and the oldest are closed', async () => {
  await start({});
  for (let count = 0; count < 2 * MOST; count += 1) await open();
  expect(await isHealthy()).toBe(true);
  const oldest = sockets[0] as Socket;
  if (!oldest.closed) await once(oldest, 'close');
  expect(sockets.at(-1)?.closed).toBe(false);
});

test('whose request is being answered is not closed for a new connection', async () => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let isAsked = () => {};
  const arrived = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  await start({
    'GET /slow': async (_request, response) => {
      isAsked();
      await asked;
      send(response, 200, { slow: true });
    },
  });
  const slow = fetch(`http://127.0.0.1:${server.port}/slow`);
  await arrived;
  for (let count = 0; count < 2 * MOST; count += 1) await open();
  answer();
  expect(await (await slow).json()).toEqual({ slow: true });
});
