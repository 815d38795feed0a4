import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { authenticate } from '../accounts/account';
import type { Control } from '../control';
import type { Quirks } from '../options';
import type { Call, Provider, Route } from '../provider';
import { sendEnding, sendJson } from './endings';
import { isLocal } from './local-only';
import { getBalance, getReport, getSentRcd } from './query';
import { parseJson } from './read-json';
import { recordMo } from './record-mo';
import { sendBatch, sendByGet, sendByPost } from './send';
import { Refusal, type Reply } from './statuses';

/** Holds 1000 contents of 1024 characters of three bytes each, or a million numbers for the control API. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

const ROUTES: Record<string, Route> = {
  'POST /v3/sendSms': sendByPost,
  'GET /v3/sendSms': sendByGet,
  'POST /v3/sendSms/batch': sendBatch,
  'GET /v3/getReport': getReport,
  'GET /v3/getSentRcd': getSentRcd,
  'GET /v3/getBalance': getBalance,
  'POST /v3/recordMo': recordMo,
};

/** Answers one HTTP request: a call of the API, or one of the control API. */
export async function serve(
  provider: Provider,
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLocal(request.headers)) return void sendJson(response, 403, '{"error":"local_only"}');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const text = await readBody(request);
  if (text === undefined) return void sendJson(response, 413, '{"error":"body_too_large"}');

  const name = `${request.method} ${url.pathname}`;
  const route = ROUTES[name];
  if (route) return serveCall(provider, route, url, text, request, response);
  const outcome = control(name, parseJson(text));
  sendJson(response, outcome.httpStatus, JSON.stringify(outcome.body));
}

/** Undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function serveCall(
  provider: Provider,
  route: Route,
  url: URL,
  text: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { requests, faults, ledger } = provider;
  const entry = requests.open(request.method ?? '', route.path, url.search, text);
  const strike = faults.strike({ kind: route.kind, path: route.path });
  const call = { params: url.searchParams, body: parseJson(text), strike };
  const asked = route.numbersAskedFor?.(call) ?? [];
  entry.faults = strike.names;
  entry.items = asked.length;

  const delayMs = provider.latencyMs + strike.ms('slow');
  if (delayMs > 0) await pause(delayMs);

  const early = strike.endingAt('before');
  const reply = early ? undefined : await carryOut(provider, route, call, request);
  // Numbers that were all accepted are in the ledger already; on the others hangs who was never accepted.
  if (reply?.status !== '0' || reply.fail !== '0') for (const number of asked) ledger.ask(number);
  const replyText = reply ? JSON.stringify(dress(reply, provider.quirks)) : '';
  const ending = early ?? strike.endingAt('after');
  const sent = ending ? sendEnding(response, ending, replyText) : sendJson(response, 200, replyText);

  entry.status = reply?.status ?? null;
  requests.close(entry, replyText, sent);
  provider.emit({ type: 'request', id: entry.id });
}

async function carryOut(
  provider: Provider,
  route: Route,
  call: Omit<Call, 'account'>,
  request: IncomingMessage,
): Promise<Reply> {
  try {
    const account = authenticate(provider.accounts, request.headers, provider.clock.now());
    const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
    if (request.method === 'POST' && !isJson) throw new Refusal('-22');
    return await route.answer(provider, { ...call, account });
  } catch (fault) {
    if (fault instanceof Refusal) return fault.reply();
    throw fault;
  }
}

/** Some deployments answer with numbers where the documentation has strings. Ids stay strings. */
function dress(reply: Reply, { numbersAsNumbers }: Quirks): unknown {
  if (!numbersAsNumbers) return reply;
  return JSON.parse(
    JSON.stringify(reply).replace(
      /"(status|success|fail|sending|nofound|total|pages)":"(-?\d+)"/g,
      '"$1":$2',
    ),
  );
}
