import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from 'hono';
import type { Bindings } from '../../http/bindings';
import type { SlackContext } from '../slack-context';
import { answerCall, POSTS } from '../web-api/answer-call';
import type { Arguments } from '../web-api/arguments';
import { createRateLimits } from '../web-api/rate-limits';

const DEFAULT_LATE_MS = 1000;
const SILENT_MS = 30_000;

/** `/api/<method>`: arguments from the query, a form or JSON; the token from the header or `token=`. */
export function answerMethod(slack: SlackContext) {
  const rateLimits = createRateLimits(slack.settings.now);
  return async (c: Context<Bindings>) => {
    const startedAt = Date.now();
    const name = c.req.param('method') ?? '';
    const read = await readArguments(c).catch(() => null);
    if (!read) return c.json({ ok: false, error: 'invalid_json' });
    const { token: tokenArgument, ...args } = read;
    const token = c.req.header('authorization')?.replace(/^Bearer /, '') ?? tokenArgument;

    const slow = slack.faults.strike('slow');
    if (slow) await wait(slow.ms ?? DEFAULT_LATE_MS);
    const silent = name === 'users.info' ? slack.faults.strike('personSilent') : null;
    if (silent) await wait(silent.ms ?? SILENT_MS, undefined, { ref: false });
    if (slack.faults.strike('serverError')) {
      note(slack, { name, args, startedAt, status: 500, response: 'html' });
      return c.html('<html><body>Server Error</body></html>', 500);
    }

    const answer = await answerCall(slack, rateLimits, { name, token: token as string | undefined, args });
    const unclear = answer.body.ok && POSTS.includes(name) ? slack.faults.strike('postUnclear') : null;
    const error = unclear && (unclear.error ?? 'internal_error');
    const response = error ? { ok: false, error } : answer.body;
    note(slack, { name, args, startedAt, status: answer.status, response });
    if (answer.body.ok && name === 'chat.postMessage' && slack.faults.strike('lostResponse')) {
      c.env.incoming.socket.destroy();
    }
    if (error?.startsWith('<')) return c.html(error);
    if (answer.retryAfterS) c.header('Retry-After', String(answer.retryAfterS));
    return c.json(response, answer.status as 200);
  };
}

async function readArguments(c: Context): Promise<Arguments> {
  const type = c.req.header('content-type') ?? '';
  const body =
    c.req.method === 'GET' ? {} : type.includes('json') ? await c.req.json() : await c.req.parseBody();
  return { ...c.req.query(), ...body };
}

function note(
  slack: SlackContext,
  call: { name: string; args: Arguments; startedAt: number; status: number; response: unknown },
): void {
  slack.traffic.note({
    at: call.startedAt,
    direction: 'to_slack',
    kind: 'api',
    name: call.name,
    request: readable(call.args),
    status: call.status,
    response: call.response,
    durationMs: Date.now() - call.startedAt,
  });
}

/** JSON strings inside a form are shown parsed. */
function readable(args: Arguments): Arguments {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
