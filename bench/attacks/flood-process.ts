import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { BODIES, type Flood, UNFINISHED } from './flood';

/** Sends the flood that its input describes, and ends. */

const UNFINISHED_BYTES = 3_900_000;
const HOLD_MS = 20_000;
const AT_ONCE = 16;

async function main(): Promise<void> {
  const flood = JSON.parse(await text(process.stdin)) as Flood & { port: number };
  if (flood.kind === 'unfinished') await sendUnfinished(flood.port, flood.path, flood.headers);
  else await push(flood.port, flood.path, flood.body);
}

async function sendUnfinished(port: number, path: string, headers: Record<string, string>): Promise<void> {
  const sockets = Array.from({ length: UNFINISHED }, () => openUnfinished(port, path, headers));
  await delay(HOLD_MS);
  for (const socket of sockets) socket.destroy();
}

function openUnfinished(port: number, path: string, headers: Record<string, string>): Socket {
  const socket = connect(port, '127.0.0.1');
  // The bot closes it: that is what is measured.
  socket.on('error', () => undefined);
  socket.resume();
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(UNFINISHED_BYTES),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  socket.write(Buffer.alloc(UNFINISHED_BYTES - 1, 32));
  return socket;
}

async function push(port: number, path: string, body: string): Promise<void> {
  let left = BODIES;
  const lane = async () => {
    while (left-- > 0) {
      const answer = fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      // Refused while it is sent is an answer too.
      await answer.then((one) => one.text()).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
