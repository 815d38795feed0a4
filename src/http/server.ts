import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../log';
import { boundConnections, MAX_CONNECTIONS } from './bound-connections';

/** `rest` is the part of the path that matched the route's `*`; empty in a route without one. */
export type Route = (
  request: IncomingMessage,
  response: ServerResponse,
  rest: string,
) => void | Promise<void>;

/** Counts a refused request by its route and the reason, in names of ours: everybody can send one, so none has a line. */
export type CountRefusal = (routeAndReason: string) => void;

export interface HttpServer {
  port: number;
  /** Accepts no new connection, lets open requests finish, and closes what is left after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

interface HttpServerOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  /** By `METHOD /path`. `METHOD /path/*` takes any value as the last part of the path. */
  routes: Record<string, Route>;
  log: Log;
  maxConnections?: number;
}

const REQUEST_TIMEOUT_MS = 15_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Node looks for requests past these times only this often; its own default is 30 s. */
const CHECK_CONNECTIONS_MS = 1_000;

/** Our own HTTP server, the same in Socket Mode and in HTTP mode. Rejects when the port cannot be opened. */
export async function startHttpServer({
  host,
  port,
  routes,
  log,
  maxConnections = MAX_CONNECTIONS,
}: HttpServerOptions): Promise<HttpServer> {
  const server = createServer({ connectionsCheckingInterval: CHECK_CONNECTIONS_MS }, (request, response) => {
    const { name, rest } = findRoute(routes, request);
    answer(routes[name] ?? notFound, request, response, rest).catch((error: unknown) => {
      // The client hung up before its request was complete: nothing failed, and there is nobody to answer.
      if (request.destroyed && !request.complete) return;
      log.error({ err: error, route: name }, 'an HTTP request failed');
      if (!response.headersSent) send(response, 500, { error: 'internal' });
      else response.destroy();
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  boundConnections(server, maxConnections);
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    stop: (graceMs) => stop(server, graceMs),
  };
}

/** Logs get the route's name and not the path: the path's last part may be a secret. */
function findRoute(routes: Record<string, Route>, request: IncomingMessage): { name: string; rest: string } {
  const path = pathOf(request);
  const exact = `${request.method} ${path}`;
  if (routes[exact]) return { name: exact, rest: '' };
  const lastPart = path.lastIndexOf('/') + 1;
  return { name: `${request.method} ${path.slice(0, lastPart)}*`, rest: path.slice(lastPart) };
}

async function answer(
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
  rest: string,
): Promise<void> {
  await route(request, response, rest);
}

/** The path without its query. Never throws, even for a malformed request line. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

export const notFound: Route = (_request, response) => send(response, 404, { error: 'not found' });

/** Sends a JSON answer that no cache may keep. */
export function send(
  response: ServerResponse,
  status: number,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
