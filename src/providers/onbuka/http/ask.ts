import type { z } from 'zod';
import type { RejectionFault, UnknownCause } from '../../send-outcome';
import { type CallOptions, ProviderError } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import type { Call, ProviderCall } from './call';
import type { CallResult } from './call-result';
import { parseExactJson } from './exact-json';
import { judgeHttpStatus } from './http-statuses';
import { INTERFACE_FAULT, NO_SUCH_DATA, REFUSAL_CODES, SUCCESS, TOO_OFTEN } from './refusal-codes';
import { replyHead } from './reply-schemas';
import { sanitiseReason } from './sanitise-reason';

/** The outcome of one request, in words that are safe to log and to show. */
export type Answer =
  | { kind: 'ok'; body: unknown }
  /** Proved: the provider did not do it. */
  | Refusal
  /** Nothing is proved: the provider may have done it. */
  | { kind: 'unclear'; cause: UnknownCause; code: string; reason: string; retryAfterMs?: number | undefined };

interface Refusal {
  kind: 'refused';
  fault: RejectionFault;
  code: string;
  reason: string;
  retryAfterMs?: number | undefined;
}

export type Ask = (account: BukaAccount, request: ProviderCall, options?: CallOptions) => Promise<Answer>;

/** Makes a request and returns what its answer proves. Never throws. */
export function createAsk(call: Call): Ask {
  return async (account, request, options) => readAnswer(await call(account, request, options), account);
}

/**
 * Asks a question, which unlike a send may be repeated. Returns the reply in the given shape, or null when the provider
 * has no such data (`-24`). Throws `ProviderError`.
 */
export async function question<Reply extends z.ZodType>(
  ask: Ask,
  account: BukaAccount,
  request: ProviderCall,
  shape: Reply,
  options?: CallOptions,
): Promise<z.output<Reply> | null> {
  const answer = await ask(account, request, options);
  if (answer.kind === 'ok') {
    const reply = shape.safeParse(answer.body);
    if (reply.success) return reply.data;
    throw new ProviderError('unreadable_reply', 'busy', 'The reply lacks what the documentation promises');
  }
  if (answer.code === NO_SUCH_DATA) return null;
  const { code, reason, retryAfterMs } = answer;
  throw new ProviderError(code, faultOf(answer), reason, retryAfterMs === undefined ? {} : { retryAfterMs });
}

function faultOf(answer: Exclude<Answer, { kind: 'ok' }>): ProviderError['fault'] {
  if (TOO_OFTEN.includes(answer.code)) return 'too_often';
  return answer.kind === 'refused' ? QUESTION_FAULTS[answer.fault] : 'busy';
}

/** A question has no content and no recipients: a refusal that is about them is a bug of ours. */
const QUESTION_FAULTS = {
  account: 'account',
  retryable: 'busy',
  request: 'request',
  content: 'request',
  numbers: 'request',
} as const;

function readAnswer(result: CallResult, account: BukaAccount): Answer {
  switch (result.kind) {
    case 'unsent': {
      const { fault, code, reason } = result;
      return { kind: 'refused', fault, code, reason };
    }
    case 'lost': {
      const { cause, reason } = result;
      return { kind: 'unclear', cause, code: cause, reason };
    }
    case 'replied': {
      const { httpStatus, text, retryAfterMs } = result;
      if (httpStatus >= 200 && httpStatus < 300) return readReply(text, account);
      return { ...judgeHttpStatus(httpStatus), code: `http_${httpStatus}`, retryAfterMs };
    }
  }
}

/** Reads the body whatever its content type is: gateways are known to rewrite that. */
function readReply(text: string, account: BukaAccount): Answer {
  const body = parseOrUndefined(text);
  const head = replyHead.safeParse(body);
  if (!head.success || head.data.status === null) {
    return unclear(
      'unreadable_reply',
      'unreadable_reply',
      'the reply is not the promised JSON with a status',
    );
  }
  const code = head.data.status;
  if (code === SUCCESS) return { kind: 'ok', body };

  const words = sanitiseReason(head.data.reason, account);
  const refusal = REFUSAL_CODES[code];
  if (refusal) return { kind: 'refused', fault: refusal.fault, code, reason: words ?? refusal.meaning };
  if (code === INTERFACE_FAULT) return unclear('interface_fault', code, words ?? 'interface fault');
  const shownCode = sanitiseReason(code, account) ?? '';
  return unclear(
    'unreadable_reply',
    shownCode,
    `undocumented status ${shownCode}${words ? `: ${words}` : ''}`,
  );
}

function parseOrUndefined(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

function unclear(cause: UnknownCause, code: string, reason: string): Answer {
  return { kind: 'unclear', cause, code, reason };
}
