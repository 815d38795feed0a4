import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type BodyBudget,
  type BodySender,
  createBodyBudget,
  type ReadBody,
} from '../../../src/http/bodies/body-budget';
import { until } from '../../setup/until';
import { type PartPost, postInPart } from './post-in-part';

const KIB = 1024;

let server: Server;
let port: number;
let budget: BodyBudget;
let reads: ReadBody[];
const clients: PartPost[] = [];

beforeEach(async () => {
  // What an earlier test left open ends later, and is none of this one's.
  const ofThisTest: ReadBody[] = [];
  reads = ofThisTest;
  server = createServer(async (request: IncomingMessage, response) => {
    const read = await budget.read(request, { sender: senderOf(request), maxBytes: 400 * KIB });
    ofThisTest.push(read);
    response.writeHead('refused' in read ? 400 : 200, { connection: 'close' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const senderOf = (request: IncomingMessage): BodySender => (request.url === '/slack' ? 'slack' : 'providers');
const untilTrue = (isSo: () => boolean) => until(async () => isSo(), Boolean);
const refusals = () => reads.flatMap((read) => ('refused' in read ? read.refused : []));

async function part(path: string, sendBytes: number, announced = sendBytes + 1) {
  const client = await postInPart(port, {
    path,
    sendBytes,
    headers: { 'content-length': String(announced) },
  });
  clients.push(client);
  return client;
}

const whole = (path: string, bytes: number) =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'y'.repeat(bytes) });

test('what is counted is what was received, not what was announced', async () => {
  budget = createBodyBudget();
  await part('/slack', 0, 300 * KIB);
  await part('/slack', 10, 300 * KIB);
  await untilTrue(() => budget.heldBytes() > 0);
  expect(budget.heldBytes()).toBe(16 * KIB);
  expect((await whole('/slack', 100)).status).toBe(200);
  expect(budget.heldBytes()).toBe(16 * KIB + 100);
  for (const read of reads) if ('release' in read) read.release();
  expect(budget.heldBytes()).toBe(16 * KIB);
});

test('a body is held as it came, in one piece or in a thousand', async () => {
  budget = createBodyBudget();
  const body = Array.from({ length: 1_000 }, (_, index) => `${index},`)
    .join('')
    .repeat(20);
  const pieces = body.match(/[\s\S]{1,100}/g) ?? [];
  const stream = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  const url = `http://127.0.0.1:${port}/slack`;
  await fetch(url, { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
  await fetch(url, { method: 'POST', body });
  expect(reads.map((read) => 'bytes' in read && read.bytes.equals(Buffer.from(body)))).toEqual([true, true]);
});

test('when it is full the oldest unfinished bodies give way, and no more than the budget is ever held', async () => {
  budget = createBodyBudget({ totalBytes: 800 * KIB, reservedBytes: { slack: 0, providers: 0 } });
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, budget.heldBytes());
  }, 1);
  const count = 40;
  for (let sent = 0; sent < count; sent += 1) await part('/slack', 100 * KIB);
  await untilTrue(() => budget.heldBytes() > 700 * KIB);
  // An honest request is whole at once, so it is never the oldest that is not.
  for (let asked = 0; asked < 5; asked += 1) expect((await whole('/slack', 50 * KIB)).status).toBe(200);
  clearInterval(watch);
  expect(most).toBeLessThanOrEqual(800 * KIB);
  expect(refusals().length).toBeGreaterThanOrEqual(count - 8);
  expect(new Set(refusals())).toEqual(new Set(['gave_way']));
  await clients[0]?.answer;
});

test('one door cannot use what is reserved for another', async () => {
  budget = createBodyBudget({ totalBytes: 800 * KIB, reservedBytes: { slack: 0, providers: 400 * KIB } });
  for (let sent = 0; sent < 10; sent += 1) await part('/slack', 100 * KIB);
  // A byte more than a quarter of what is left is announced for each: three fit.
  await untilTrue(() => refusals().length >= 7);
  expect(budget.heldBytes()).toBeLessThanOrEqual(400 * KIB);
  expect((await whole('/webhooks', 390 * KIB)).status).toBe(200);
  expect(refusals()).toEqual(Array(7).fill('gave_way'));
});

test('where only whole bodies are held, the next is refused and they stay', async () => {
  budget = createBodyBudget({ totalBytes: 100 * KIB, reservedBytes: { slack: 0, providers: 0 } });
  expect((await whole('/slack', 90 * KIB)).status).toBe(200);
  expect((await whole('/slack', 20 * KIB)).status).toBe(400);
  expect(refusals()).toEqual(['no_room']);
  expect(budget.heldBytes()).toBe(90 * KIB);
});

test('a body that is announced or turns out too large is refused, and nothing of it is held', async () => {
  budget = createBodyBudget();
  const announced = await part('/slack', 0, 401 * KIB);
  expect(await announced.answer).toContain('400 Bad Request');
  const stream = new Blob(['z'.repeat(500 * KIB)]).stream();
  const request = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
  await fetch(`http://127.0.0.1:${port}/slack`, request).catch(() => {});
  await untilTrue(() => reads.length === 2);
  expect(refusals()).toEqual(['too_large', 'too_large']);
  expect(budget.heldBytes()).toBe(0);
});

test('a slow body is cut on time, and one whose client hangs up is given up', async () => {
  budget = createBodyBudget({ deadlineMs: 50 });
  const slow = await part('/slack', 10);
  expect(await slow.answer).toBe('');
  budget = createBodyBudget();
  const gone = await part('/slack', 10);
  await untilTrue(() => budget.heldBytes() > 0);
  gone.socket.destroy();
  await untilTrue(() => reads.length === 2);
  expect(refusals()).toEqual(['too_slow', 'hung_up']);
  expect(budget.heldBytes()).toBe(0);
});
