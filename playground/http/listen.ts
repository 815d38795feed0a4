import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Bindings } from './bindings';

/** A server that listens on 127.0.0.1. */
interface Listening {
  server: Server;
  port: number;
  /** Closes every connection, also those that hang. */
  close(): Promise<void>;
}

/** Serves `app` on 127.0.0.1; port 0 lets the system choose. Rejects when the port is taken. */
export async function listen(app: Hono<Bindings>, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
