import type { ServerResponse } from 'node:http';
import type { Ending } from '../weather/table';
import { Refusal } from './statuses';

/** Sends the reply as documented. */
export function sendJson(response: ServerResponse, httpStatus: number, text: string): void {
  send(response, httpStatus, text, { 'content-type': 'application/json;charset=UTF-8' });
}

/** Sends, or does not send, what the weather makes of the reply. `ms` is the time of Retry-After. */
export function sendEnding(response: ServerResponse, ending: { as: Ending; ms: number }, text: string): void {
  if (ending.as === 'hang') return;
  if (ending.as === 'drop') response.socket?.resetAndDestroy();
  else if (ending.as === 'serverError') send(response, 500, 'Internal Server Error', TEXT);
  else if (ending.as === 'tooMany')
    send(response, 429, '', { 'retry-after': String(Math.ceil(ending.ms / 1000)) });
  else if (ending.as === 'html') send(response, 200, GATEWAY_PAGE, HTML);
  else if (ending.as === 'truncated') sendJson(response, 200, text.slice(0, Math.floor(text.length / 2)));
  else if (ending.as === 'empty') sendJson(response, 200, '');
  else sendJson(response, 200, JSON.stringify(new Refusal(ending.as).reply()));
}

const TEXT = { 'content-type': 'text/plain' };
const HTML = { 'content-type': 'text/html' };
const GATEWAY_PAGE = '<!doctype html><html><body><h1>Please stand by</h1></body></html>';

function send(
  response: ServerResponse,
  httpStatus: number,
  text: string,
  headers: Record<string, string>,
): void {
  response.writeHead(httpStatus, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
