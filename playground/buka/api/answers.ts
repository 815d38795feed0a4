import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Bindings } from '../../http/bindings';
import type { Ending } from '../buka-faults';
import { Refusal } from './statuses';

/** What was sent to the caller. */
export interface Sent {
  httpStatus: number;
  text: string;
}

/** An answer of the API. */
export interface Answer {
  /** For Hono. */
  response: Response;
  /** What was sent to the caller; null if nothing was. */
  sent: Sent | null;
}

/** The reply as documented. */
export function jsonAnswer(c: Context<Bindings>, httpStatus: number, text: string): Answer {
  return answer(c, httpStatus, text, JSON_TYPE);
}

/** The answer as a fault changes it. `text` is the reply before that, `ms` the time of Retry-After. */
export function endingAnswer(
  c: Context<Bindings>,
  { as, ms }: { as: Ending; ms: number },
  text: string,
): Answer {
  switch (as) {
    case 'hang':
      return NOTHING;
    case 'drop':
      c.env.incoming.socket.resetAndDestroy();
      return NOTHING;
    case 'serverError':
      return answer(c, 500, 'Internal Server Error', 'text/plain');
    case 'tooMany':
      c.header('retry-after', String(Math.ceil(ms / 1000)));
      return answer(c, 429, '');
    case 'html':
      return answer(c, 200, GATEWAY_PAGE, 'text/html');
    case 'truncated':
      return jsonAnswer(c, 200, text.slice(0, Math.floor(text.length / 2)));
    case 'empty':
      return jsonAnswer(c, 200, '');
    default:
      return jsonAnswer(c, 200, JSON.stringify(new Refusal(as).reply()));
  }
}

/** With this answer Hono writes nothing, and the connection stays as it is. */
const NOTHING: Answer = { response: RESPONSE_ALREADY_SENT, sent: null };
const JSON_TYPE = 'application/json;charset=UTF-8';
const GATEWAY_PAGE = '<!doctype html><html><body><h1>Please stand by</h1></body></html>';

function answer(c: Context<Bindings>, httpStatus: number, text: string, type?: string): Answer {
  if (type) c.header('content-type', type);
  return { response: c.body(text, httpStatus as ContentfulStatusCode), sent: { httpStatus, text } };
}
