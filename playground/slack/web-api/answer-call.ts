import type { SlackContext } from '../slack-context';
import type { SlackFaultName } from '../slack-faults';
import { type Arguments, optionalText } from './arguments';
import { checkScope, type Method } from './method';
import { METHODS } from './methods';
import type { RateLimits } from './rate-limits';
import { ApiRefusal } from './refusal';

interface ApiAnswer {
  status: number;
  body: Record<string, unknown>;
  retryAfterS?: number;
}

const RATE_LIMIT_FAULTS: Record<string, SlackFaultName> = {
  'chat.postMessage': 'postRateLimited',
  'chat.update': 'updateRateLimited',
  'users.info': 'personLimited',
  'users.conversations': 'channelsLimited',
};

/** Methods by which people see something new. */
export const POSTS = ['chat.postMessage', 'files.completeUploadExternal'];

/** Faults by which a method is refused before it acts, with Slack's usual code. */
const REFUSAL_FAULTS: Record<string, [SlackFaultName, string]> = {
  'chat.update': ['editRefused', 'cant_update_message'],
  'chat.delete': ['editRefused', 'cant_delete_message'],
  'apps.connections.open': ['socketRefused', 'invalid_auth'],
};

/** One call of the Web API: checks the token, the scope and the rate limit, then calls the method. */
export async function answerCall(
  slack: SlackContext,
  rateLimits: RateLimits,
  call: { name: string; token: string | undefined; args: Arguments },
): Promise<ApiAnswer> {
  const method = Object.hasOwn(METHODS, call.name) ? METHODS[call.name] : undefined;
  if (!method) return refused('unknown_method', { req_method: call.name });
  try {
    checkToken(slack, method, call.token);
    const waitS = secondsToWait(slack, rateLimits, call.name, method, call.args);
    if (waitS > 0) return { status: 429, body: { ok: false, error: 'ratelimited' }, retryAfterS: waitS };
    refuseByFault(slack, call.name, call.args);
    return { status: 200, body: { ok: true, ...(await method.run(slack, call.args)) } };
  } catch (error) {
    if (error instanceof ApiRefusal) return refused(error.code, error.details);
    throw error;
  }
}

function refused(error: string, details: Record<string, unknown>): ApiAnswer {
  return { status: 200, body: { ok: false, error, ...details } };
}

function refuseByFault(slack: SlackContext, name: string, args: Arguments): void {
  const isReply = POSTS.includes(name) && optionalText(args, 'thread_ts') !== undefined;
  const [fault, code] = isReply
    ? (['threadRefused', 'thread_locked'] as const)
    : (REFUSAL_FAULTS[name] ?? []);
  const strike = fault ? slack.faults.strike(fault) : null;
  if (strike) throw new ApiRefusal(strike.error ?? (code as string));
}

function checkToken(slack: SlackContext, method: Method, token: string | undefined): void {
  if (method.token === 'none') return;
  if (!token) throw new ApiRefusal('not_authed');
  const { settings } = slack;
  const wanted = method.token === 'app' ? settings.appToken : settings.botToken;
  const other = method.token === 'app' ? settings.botToken : settings.appToken;
  if (token === other) throw new ApiRefusal('not_allowed_token_type');
  if (token !== wanted) throw new ApiRefusal('invalid_auth');
  const revoked = method.token === 'app' ? null : slack.faults.strike('tokenRefused');
  if (revoked) throw new ApiRefusal(revoked.error ?? 'token_revoked');
  if (method.scope) checkScope(slack, method.scope);
}

function secondsToWait(
  slack: SlackContext,
  rateLimits: RateLimits,
  name: string,
  method: Method,
  args: Arguments,
) {
  const fault = RATE_LIMIT_FAULTS[name];
  const strike = fault ? slack.faults.strike(fault) : null;
  if (strike) return strike.retryAfterS ?? 1;
  return slack.settings.rateLimits ? rateLimits.take(name, method, optionalText(args, 'channel')) : 0;
}
