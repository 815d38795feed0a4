import type { Hono } from 'hono';
import type { Bindings } from '../../http/bindings';
import { listen } from '../../http/listen';
import type { SocketMode } from '../deliver/socket-mode';

/** One port on 127.0.0.1 for the Web API, the files, the page's API and Socket Mode. */
export async function listenWithSockets(app: Hono<Bindings>, sockets: SocketMode, port: number) {
  const listening = await listen(app, port);
  listening.server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/link' || !sockets.admit(url.searchParams.get('ticket'))) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    sockets.server.handleUpgrade(request, socket, head, sockets.connect);
  });
  return {
    port: listening.port,
    close: async () => {
      await sockets.close();
      await listening.close();
    },
  };
}
