import type { HttpBindings } from '@hono/node-server';

/** What Hono's handlers know about the connection. */
export type Bindings = { Bindings: HttpBindings };
