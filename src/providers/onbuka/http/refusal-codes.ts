import type { RejectionFault } from '../../send-outcome';

export const SUCCESS = '0';
export const INTERFACE_FAULT = '-18';
export const NO_SUCH_DATA = '-24';
/** The account asks too often; the second one comes from a gateway in front of the provider. */
export const TOO_OFTEN: readonly string[] = ['-15', 'http_429'];

/** Whose fault a code is, and its meaning for replies without a reason of their own. */
interface RefusalCode {
  fault: RejectionFault;
  meaning: string;
}

/**
 * The documented codes that prove "not accepted". `-18` (interface fault) is not among them: after a send it proves
 * nothing. Nor does an undocumented code.
 */
export const REFUSAL_CODES: Readonly<Record<string, RefusalCode>> = {
  '-1': { fault: 'account', meaning: 'authentication error' },
  '-2': { fault: 'account', meaning: 'this IP address is not allowed' },
  '-3': { fault: 'content', meaning: 'sensitive words in the content' },
  '-4': { fault: 'content', meaning: 'the content is empty' },
  '-5': { fault: 'content', meaning: 'the content is too long' },
  '-6': { fault: 'content', meaning: 'the content does not match an approved template' },
  '-7': { fault: 'request', meaning: 'too many numbers in one request' },
  '-8': { fault: 'numbers', meaning: 'no numbers' },
  '-9': { fault: 'numbers', meaning: 'abnormal numbers' },
  '-10': { fault: 'account', meaning: 'insufficient balance' },
  '-11': { fault: 'request', meaning: 'bad time format' },
  '-12': { fault: 'retryable', meaning: 'platform fault, bulk submission failed' },
  '-13': { fault: 'account', meaning: 'the account is locked' },
  '-14': { fault: 'request', meaning: 'an empty field or a bad query id' },
  '-15': { fault: 'retryable', meaning: 'asked too often' },
  // The next request has a new signature, which is valid unless a clock is more than 30 minutes wrong.
  '-16': { fault: 'retryable', meaning: 'the timestamp has expired' },
  '-17': { fault: 'content', meaning: 'the template is empty' },
  '-19': { fault: 'account', meaning: 'no channel or price is bound to the account yet' },
  '-22': { fault: 'request', meaning: 'bad parameter' },
  '-24': { fault: 'request', meaning: 'no such data' },
  '-25': { fault: 'request', meaning: 'outside the time range' },
};
