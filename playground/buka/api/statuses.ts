/** The status codes of a reply, in the documentation's words. */
const STATUS_REASONS = {
  '0': 'success',
  '-1': 'authentication error',
  '-2': 'IP not allowed',
  '-3': 'sensitive words in the content',
  '-4': 'content is empty',
  '-5': 'content is too long',
  '-6': 'content does not match an approved template',
  '-7': 'too many numbers',
  '-8': 'numbers are empty',
  '-9': 'abnormal numbers',
  '-10': 'insufficient balance',
  '-11': 'bad time format',
  '-12': 'platform fault, bulk submission failed',
  '-13': 'account locked',
  '-14': 'field empty or bad query id',
  '-15': 'queried too often',
  '-16': 'timestamp expired',
  '-17': 'template must not be empty',
  '-18': 'interface fault',
  '-19': 'no channel bound to the account',
  '-22': 'bad parameter',
  '-24': 'no such data',
  '-25': 'outside the time range',
} as const;

export type StatusCode = keyof typeof STATUS_REASONS;

/** A reply as it goes over the wire: all counts and statuses are strings. */
export interface Reply {
  status: string;
  reason: string;
  [field: string]: unknown;
}

export function success(fields: Record<string, unknown>): Reply {
  return { status: '0', reason: STATUS_REASONS['0'], ...fields };
}

/** Why a request is not answered with success. Thrown by the code that reads or executes the request. */
export class Refusal extends Error {
  constructor(readonly status: StatusCode) {
    super(STATUS_REASONS[status]);
    this.name = 'Refusal';
  }

  reply(): Reply {
    return { status: this.status, reason: this.message };
  }
}
