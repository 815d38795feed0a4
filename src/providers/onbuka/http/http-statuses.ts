import type { RejectionFault, UnknownCause } from '../../send-outcome';

type HttpVerdict =
  | { kind: 'refused'; fault: RejectionFault; reason: string }
  | { kind: 'unclear'; cause: UnknownCause; reason: string };

/**
 * What an HTTP status other than 2xx proves about a request. The provider answers 200 to every request it has read, so
 * other statuses come from a gateway in front of it. A 4xx of the list below proves that the gateway refused the
 * request. A 5xx may come after the provider has accepted it. A server may answer 302 or 303 after it did the work, to
 * show the result elsewhere. 301, 307 and 308 want the same request at another address; they are not followed, since a
 * signature goes to the configured host only.
 */
export function judgeHttpStatus(httpStatus: number): HttpVerdict {
  const refusal = REFUSALS[httpStatus];
  if (refusal) return { kind: 'refused', ...refusal };
  if (httpStatus >= 500) {
    return { kind: 'unclear', cause: 'server_error', reason: `the provider answered HTTP ${httpStatus}` };
  }
  const cause = httpStatus === 408 ? 'timeout' : 'unreadable_reply';
  return { kind: 'unclear', cause, reason: `HTTP ${httpStatus} in place of a reply` };
}

const MOVED = { fault: 'account', reason: 'the base URL has moved: correct it' } as const;
const NOT_ALLOWED = { fault: 'account', reason: 'access was denied in front of the provider' } as const;
const WRONG_ADDRESS = { fault: 'account', reason: 'nothing is at this address: check the base URL' } as const;
const MALFORMED = { fault: 'request', reason: 'the request was called malformed' } as const;

const REFUSALS: Readonly<Record<number, { fault: RejectionFault; reason: string }>> = {
  301: MOVED,
  307: MOVED,
  308: MOVED,
  400: MALFORMED,
  401: NOT_ALLOWED,
  403: NOT_ALLOWED,
  404: WRONG_ADDRESS,
  405: WRONG_ADDRESS,
  407: NOT_ALLOWED,
  410: WRONG_ADDRESS,
  411: MALFORMED,
  413: { fault: 'request', reason: 'the request was called too large' },
  414: { fault: 'request', reason: 'the request was called too long' },
  415: MALFORMED,
  422: MALFORMED,
  425: { fault: 'retryable', reason: 'the request came too early' },
  429: { fault: 'retryable', reason: 'too many requests' },
  431: MALFORMED,
};
