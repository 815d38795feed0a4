import type { ServerResponse } from 'node:http';
import type { Ending } from '../buka-faults';
import { Refusal } from './statuses';

/** What left for the caller. */
export interface Sent {
  httpStatus: number;
  text: string;
}

/** Sends the reply as documented. */
export function sendJson(response: ServerResponse, httpStatus: number, text: string): Sent {
  return send(response, httpStatus, text, { 'content-type': 'application/json;charset=UTF-8' });
}

/** Sends what a fault makes of the reply; returns null where that is nothing. `ms` is the time of Retry-After. */
export function sendEnding(
  response: ServerResponse,
  { as, ms }: { as: Ending; ms: number },
  text: string,
): Sent | null {
  switch (as) {
    case 'hang':
      return null;
    case 'drop':
      response.socket?.resetAndDestroy();
      return null;
    case 'serverError':
      return send(response, 500, 'Internal Server Error', TEXT);
    case 'tooMany':
      return send(response, 429, '', { 'retry-after': String(Math.ceil(ms / 1000)) });
    case 'html':
      return send(response, 200, GATEWAY_PAGE, HTML);
    case 'truncated':
      return sendJson(response, 200, text.slice(0, Math.floor(text.length / 2)));
    case 'empty':
      return sendJson(response, 200, '');
    default:
      return sendJson(response, 200, JSON.stringify(new Refusal(as).reply()));
  }
}

const TEXT = { 'content-type': 'text/plain' };
const HTML = { 'content-type': 'text/html' };
const GATEWAY_PAGE = '<!doctype html><html><body><h1>Please stand by</h1></body></html>';

function send(
  response: ServerResponse,
  httpStatus: number,
  text: string,
  headers: Record<string, string>,
): Sent {
  response.writeHead(httpStatus, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
  return { httpStatus, text };
}
