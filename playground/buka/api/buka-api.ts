import { setTimeout as pause } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { Bindings } from '../../http/bindings';
import { readBody } from '../../http/read-body';
import { authenticate } from '../accounts/account';
import type { Quirks } from '../buka-options';
import type { Control } from '../control';
import type { Call, Provider, Route } from '../provider';
import { endingAnswer, jsonAnswer } from './answers';
import { onlyLocal } from './only-local';
import { getBalance, getReport, getSentRcd } from './query';
import { parseJson } from './read-json';
import { recordMo } from './record-mo';
import { sendBatch, sendByGet, sendByPost } from './send';
import { Refusal, type Reply } from './statuses';

/** Holds 1000 contents of 1024 characters of three bytes each, or a million numbers for the control API. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

const ROUTES: { method: 'GET' | 'POST'; route: Route }[] = [
  { method: 'POST', route: sendByPost },
  { method: 'GET', route: sendByGet },
  { method: 'POST', route: sendBatch },
  { method: 'GET', route: getReport },
  { method: 'GET', route: getSentRcd },
  { method: 'GET', route: getBalance },
  { method: 'POST', route: recordMo },
];

/** The API of the provider under `/v3`, and the control API. */
export function bukaApi(provider: Provider, control: Control): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use(onlyLocal);
  for (const { method, route } of ROUTES) {
    app.on(
      method,
      `/v3/${route.path}`,
      withBody((c, text) => answerCall(provider, route, c, text)),
    );
  }
  app.all(
    '*',
    withBody((c, text) => {
      const outcome = control(`${c.req.method} ${c.req.path}`, parseJson(text));
      return jsonAnswer(c, outcome.httpStatus, JSON.stringify(outcome.body)).response;
    }),
  );
  app.onError((_error, c) => {
    c.env.outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

type Handler = (c: Context<Bindings>, text: string) => Response | Promise<Response>;

function withBody(handle: Handler) {
  return async (c: Context<Bindings>): Promise<Response> => {
    const text = await readBody(c.env.incoming, MAX_BODY_BYTES);
    return text === null ? c.json({ error: 'body_too_large' }, 413) : handle(c, text);
  };
}

async function answerCall(
  provider: Provider,
  route: Route,
  c: Context<Bindings>,
  text: string,
): Promise<Response> {
  const { requests, faults, ledger } = provider;
  const url = new URL(c.req.url);
  const entry = requests.open(c.req.method, route.path, url.search, text);
  const strike = faults.strike({ kind: route.kind, path: route.path });
  const call = { params: url.searchParams, body: parseJson(text), strike };
  const asked = route.numbersAskedFor?.(call) ?? [];
  entry.faults = strike.names;
  entry.items = asked.length;

  const delayMs = provider.latencyMs + strike.ms('slow');
  if (delayMs > 0) await pause(delayMs);

  const early = strike.endingAt('before');
  const reply = early ? undefined : await carryOut(provider, route, call, c);
  // Accepted numbers are in the ledger already. The ledger must also know the other numbers of the request.
  if (reply?.status !== '0' || reply.fail !== '0') for (const number of asked) ledger.recordRequested(number);
  const replyText = reply ? JSON.stringify(withNumbers(reply, provider.quirks)) : '';
  const ending = early ?? strike.endingAt('after');
  const answer = ending ? endingAnswer(c, ending, replyText) : jsonAnswer(c, 200, replyText);

  entry.status = reply?.status ?? null;
  requests.close(entry, replyText, answer.sent);
  provider.emit({ type: 'request', id: entry.id });
  return answer.response;
}

async function carryOut(
  provider: Provider,
  route: Route,
  call: Omit<Call, 'account'>,
  c: Context<Bindings>,
): Promise<Reply> {
  try {
    const { headers } = c.env.incoming;
    const account = authenticate(provider.accounts, headers, provider.clock.now());
    const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
    if (c.req.method === 'POST' && !isJson) throw new Refusal('-22');
    return await route.answer(provider, { ...call, account });
  } catch (error) {
    if (error instanceof Refusal) return error.reply();
    throw error;
  }
}

/** Some deployments answer with numbers where the documentation has strings. Ids stay strings. */
function withNumbers(reply: Reply, { numbersAsNumbers }: Quirks): unknown {
  if (!numbersAsNumbers) return reply;
  return JSON.parse(
    JSON.stringify(reply).replace(
      /"(status|success|fail|sending|nofound|total|pages)":"(-?\d+)"/g,
      '"$1":$2',
    ),
  );
}
