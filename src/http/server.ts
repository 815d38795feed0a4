import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../log';

export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface HttpServer {
  port: number;
  /** Takes no new connection, lets open answers end, then cuts what is left after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export interface HttpServerOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  /** `METHOD /path` to what answers it. */
  routes: Record<string, Route>;
  log: Log;
}

const REQUEST_TIMEOUT_MS = 15_000;
const HEADERS_TIMEOUT_MS = 10_000;

/** Our own HTTP server, the same in Socket Mode and in HTTP mode. Rejects when the port cannot be had. */
export async function startHttpServer({ host, port, routes, log }: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => {
    answer(routes, request, response).catch((error: unknown) => {
      log.error({ err: error, path: pathOf(request) }, 'an HTTP request failed');
      if (!response.headersSent) send(response, 500, { error: 'internal' });
      else response.destroy();
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    stop: (graceMs) => stop(server, graceMs),
  };
}

async function answer(
  routes: Record<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = routes[`${request.method} ${pathOf(request)}`];
  if (route) await route(request, response);
  else send(response, 404, { error: 'not found' });
}

/** The path alone; a query may hold what is not ours to log. Never throws, whatever was asked for. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** Answers in JSON. */
export function send(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
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
