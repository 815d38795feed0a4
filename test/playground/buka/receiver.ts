import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PushedBody {
  [key: string]: unknown;
  msgid: string;
  mobile: string;
  status: number;
}

/** The receiver of pushes: keeps every push, answers each with the next of `answers`, and then with 200. */
export async function startReceiver(answers: number[] = []) {
  const bodies: PushedBody[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString()) as PushedBody);
    response.writeHead(answers.shift() ?? 200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pushed`,
    bodies,
    numbers: () => bodies.map(({ mobile }) => mobile),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
