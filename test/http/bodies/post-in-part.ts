import { connect, type Socket } from 'node:net';

export interface PartPost {
  socket: Socket;
  /** Everything that was answered, once the connection is closed. */
  answer: Promise<string>;
}

/** The head of a POST, and so many bytes of its body. The rest never comes. Resolves once they are on their way. */
export function postInPart(
  port: number,
  { path, headers, sendBytes }: { path: string; headers: Record<string, string>; sendBytes: number },
): Promise<PartPost> {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk) => {
    said += chunk;
  });
  // Being cut is what these connections are for.
  socket.on('error', () => {});
  const answer = new Promise<string>((resolve) => socket.once('close', () => resolve(said)));
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  return new Promise((resolve) => {
    const done = () => resolve({ socket, answer });
    socket.once('close', done);
    socket.write(Buffer.alloc(sendBytes, 'x'), done);
  });
}
