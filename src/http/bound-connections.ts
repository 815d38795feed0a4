import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Ten times what Slack, a provider and a load balancer keep open, and a few MiB of memory. */
export const MAX_CONNECTIONS = 1_000;

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/**
 * Holds a server to so many connections. The one that has been silent or unfinished for longest gives way to a new one, so
 * that thousands of silent connections keep nobody out. One whose request is here whole is answered first.
 */
export function boundConnections(server: Server, most: number): void {
  /** Each connection with its last exchange; the one without a new request for longest is first. */
  const connections = new Map<Socket, Exchange | null>();

  server.on('connection', (socket: Socket) => {
    connections.set(socket, null);
    socket.once('close', () => connections.delete(socket));
    if (connections.size > most) giveWay();
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    if (!connections.delete(socket)) return;
    connections.set(socket, { request, response });
  });

  function giveWay(): void {
    for (const [socket, exchange] of connections) {
      if (exchange && isBeingAnswered(exchange)) continue;
      connections.delete(socket);
      socket.destroy();
      return;
    }
  }
}

const isBeingAnswered = ({ request, response }: Exchange) => request.complete && !response.writableFinished;
