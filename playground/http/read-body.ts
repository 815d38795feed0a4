import type { IncomingMessage } from 'node:http';

/**
 * The body as text, or null if it is longer than `maxBytes`. Reads Node's own stream: a web stream costs the local
 * Buka a fifth more CPU for a send to 1000 numbers.
 */
export async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
