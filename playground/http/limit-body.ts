import type { Context } from 'hono';
import type { Bindings } from './bindings';

/**
 * Refuses a larger body with 413, also a body that is sent without a length. A body that passes has already been
 * read. Hono's limit copies the Request, which this server's cannot be: it answered 500.
 */
export function limitBody(maxBytes: number) {
  return async (c: Context<Bindings>, next: () => Promise<void>): Promise<Response | undefined> => {
    const { body, url, method, headers } = c.req.raw;
    if (body) {
      const announced = Number(headers.get('content-length') ?? 0);
      const content = announced > maxBytes ? null : await readAtMost(maxBytes, body);
      if (!content) return c.json({ ok: false, error: 'request_too_large' }, 413, { connection: 'close' });
      c.req.raw = new Request(url, { method, headers, body: content });
    }
    await next();
    return undefined;
  };
}

/** Null if the body is larger. */
async function readAtMost(
  maxBytes: number,
  body: ReadableStream<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  const content = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}
