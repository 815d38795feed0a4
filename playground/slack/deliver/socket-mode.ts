import { randomUUID } from 'node:crypto';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { randomText } from '../ids';
import { BOT } from '../workspace/bot-ids';
import type { Delivery, Packet } from './packet';

const PING_EVERY_MS = 10_000;
/** How long a client may take for the closing handshake before its connection is cut. */
const HANG_UP_MS = 500;
/** How long acknowledgements may still come over a connection that was asked to disconnect. */
const REFRESH_GRACE_MS = 200;
/** Slack allows ten open connections for each app. */
const CONNECTION_LIMIT = 10;

export interface SocketMode {
  server: WebSocketServer;
  /** The query of a fresh `wss` address; good for one connection. */
  newTicket(): string;
  /** Whether a connection with this ticket may be made; uses the ticket up. */
  admit(ticket: string | null): boolean;
  connect(socket: WebSocket): void;
  /** Sends over one of the open sockets; if that socket closes first, over the next one. */
  send(packet: Packet, timeoutMs: number): Promise<Delivery>;
  count(): number;
  /** Tells every open socket to disconnect, as Slack does every few hours. The client reconnects. */
  refresh(): void;
  /** Cuts every open socket without a closing handshake. */
  drop(): void;
  close(): Promise<void>;
}

/** The server side of Socket Mode: hello, envelopes, acknowledgements, pings, disconnects. */
export function createSocketMode(onCount: (count: number) => void): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (body: unknown) => void>();
  let turn = 0;

  const pinging = setInterval(() => {
    for (const socket of open) socket.ping();
  }, PING_EVERY_MS);
  pinging.unref();

  const next = () => [...open][turn++ % Math.max(open.size, 1)];

  const send = async (packet: Packet, timeoutMs: number): Promise<Delivery> => {
    const socket = next();
    if (!socket) return { acked: false, problem: 'dispatch_failed', status: null };
    const answer = await exchange(socket, packet, timeoutMs);
    if (answer !== 'closed') return answer;
    return send({ ...packet, retry: { attempt: 1, reason: 'connection_failed' } }, timeoutMs);
  };

  const exchange = (socket: WebSocket, packet: Packet, timeoutMs: number) =>
    new Promise<Delivery | 'closed'>((resolve) => {
      const envelopeId = randomUUID();
      const settle = (answer: Delivery | 'closed') => {
        waiting.delete(envelopeId);
        clearTimeout(timer);
        socket.off('close', onClose);
        resolve(answer);
      };
      const onClose = () => settle('closed');
      const timer = setTimeout(
        () => settle({ acked: false, problem: 'operation_timeout', status: null }),
        timeoutMs,
      );
      waiting.set(envelopeId, (body) => settle({ acked: true, body, status: null }));
      socket.once('close', onClose);
      socket.send(JSON.stringify(envelope(envelopeId, packet)));
    });

  const receive = (data: RawData) => {
    const reply = JSON.parse(String(data)) as { envelope_id?: string; payload?: object };
    const said = reply.payload && Object.keys(reply.payload).length > 0 ? reply.payload : undefined;
    if (reply.envelope_id) waiting.get(reply.envelope_id)?.(said);
  };

  return {
    server,
    newTicket: () => {
      const ticket = randomText(24);
      tickets.add(ticket);
      return ticket;
    },
    admit: (ticket) => ticket !== null && tickets.delete(ticket) && open.size < CONNECTION_LIMIT,
    connect: (socket) => {
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        onCount(open.size);
      });
      socket.on('error', () => socket.terminate());
      socket.on('message', receive);
      socket.send(JSON.stringify(hello(open.size)));
      onCount(open.size);
    },
    send,
    count: () => open.size,
    refresh: () => {
      for (const socket of open) {
        open.delete(socket);
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }));
        setTimeout(() => void hangUp(socket), REFRESH_GRACE_MS).unref();
      }
    },
    drop: () => {
      for (const socket of open) socket.terminate();
    },
    close: async () => {
      clearInterval(pinging);
      await Promise.all([...server.clients].map(hangUp));
      server.close();
    },
  };
}

/** Closes with a handshake, and cuts the connection if the client does not answer it. */
function hangUp(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === socket.CLOSED) return resolve();
    const timer = setTimeout(() => socket.terminate(), HANG_UP_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001);
  });
}

function hello(connections: number) {
  return {
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: BOT.appId },
    debug_info: { host: 'playground', approximate_connection_time: 18_060 },
  };
}

function envelope(envelopeId: string, { type, payload, retry }: Packet) {
  return {
    envelope_id: envelopeId,
    type,
    accepts_response_payload: type !== 'events_api',
    payload,
    ...(type === 'events_api'
      ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
      : {}),
  };
}
