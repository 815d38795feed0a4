import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that has nothing to do but this. */
const server = createServer((_request, response) => response.end('{"ok":true}'));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
