import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Attack, CALLBACK_SECRET } from './attack';

const UNFINISHED = 250;
const UNFINISHED_BYTES = 3_900_000;
const HOLD_MS = 20_000;
const BODIES = 200;
const AT_ONCE = 16;
const BODY_BYTES = 1024 * 1024;

/** Bodies that are never finished, and bodies that cost much to parse. */
export function hostileBodies(): Attack[] {
  const reports = `/buka/reports/${CALLBACK_SECRET}`;
  return [
    {
      name: `${UNFINISHED} bodies of Slack that lack a byte, without a signature`,
      run: (_system, { port }) => sendUnfinished(port, '/slack/events', {}),
    },
    {
      name: `the same with headers as a signature has them`,
      run: (_system, { port }) =>
        sendUnfinished(port, '/slack/events', {
          'x-slack-signature': `v0=${'0'.repeat(64)}`,
          'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
        }),
    },
    {
      name: 'the same to the address for reports',
      run: (_system, { port }) => sendUnfinished(port, reports, {}),
    },
    {
      name: `${BODIES} pushed bodies of empty objects`,
      run: (_system, { port }) => push(port, reports, `[${'{},'.repeat(BODY_BYTES / 3 - 2)}{}]`),
    },
    {
      name: `${BODIES} pushed bodies of brackets`,
      run: (_system, { port }) =>
        push(port, reports, '['.repeat(BODY_BYTES / 2) + ']'.repeat(BODY_BYTES / 2)),
    },
  ];
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
