import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { createControl } from '../buka/control';
import type { Buka } from '../buka/facade';
import type { Bindings } from '../http/bindings';

/**
 * The local Buka for the page: its control API (`buka/control.ts`), so `GET /buka/state` is `GET /control/state`,
 * and `GET /buka/events`: server-sent events, at most four a second. Each `data` is a JSON array of the types of
 * BukaEvent that happened. First comes the event `hello`.
 */
export function bukaRoutes(buka: Buka): Hono<Bindings> {
  const control = createControl(buka);
  const app = new Hono<Bindings>();
  app.get('/events', (c) => streamEvents(buka, c));
  app.on(['GET', 'POST'], '/:command', async (c) => {
    const text = await c.req.text();
    const name = `${c.req.method} /control/${c.req.param('command')}`;
    const { httpStatus, body } = control(name, parse(text));
    return c.json(body as object, httpStatus as ContentfulStatusCode);
  });
  return app;
}

/** Undefined if the text is not JSON. No command accepts undefined. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const EVERY_MS = 250;
const KEEP_ALIVE_MS = 15_000;

function streamEvents(buka: Buka, c: Parameters<typeof streamSSE>[0]) {
  return streamSSE(c, async (stream) => {
    const happened = new Set<string>();
    stream.onAbort(buka.onEvent((event) => happened.add(event.type)));
    await stream.writeSSE({ event: 'hello', data: '[]' });
    for (let quietMs = 0; !stream.aborted; quietMs += EVERY_MS) {
      await stream.sleep(EVERY_MS);
      if (happened.size > 0) {
        await stream.writeSSE({ data: JSON.stringify([...happened]) });
        happened.clear();
        quietMs = 0;
      } else if (quietMs >= KEEP_ALIVE_MS) {
        await stream.write(': still here\n\n');
        quietMs = 0;
      }
    }
  });
}
