/**
 * Why texts failed, for whoever wonders whether to send again: `permanent` most likely fails again, `temporary` may not. The
 * codes are those that networks and providers share; each says where it is from. The sources say what a code means, and the
 * class is what follows for a second text. A code that is not listed tells nothing.
 */
export type FailureClass = 'permanent' | 'temporary' | 'not_told';
export const FAILURE_CLASSES: readonly FailureClass[] = ['temporary', 'not_told', 'permanent'];

const SMPP = 'SMPP 3.4, section 5.2.28 (message_state), and its short forms in appendix B';
const MAP = '3GPP TS 29.002, MAP errors';
const OURS = 'this bot';

/**
 * SMPP's DELETED and UNKNOWN are not here on purpose: neither says whether the number can be reached. BLACKLISTED is no
 * standard's: aggregators use it for numbers that opted out or are barred.
 */
const CODES: Record<string, { is: 'permanent' | 'temporary'; source: string }> = {
  UNDELIV: { is: 'permanent', source: SMPP },
  UNDELIVERABLE: { is: 'permanent', source: SMPP },
  REJECTD: { is: 'permanent', source: SMPP },
  REJECTED: { is: 'permanent', source: SMPP },
  EXPIRED: { is: 'temporary', source: SMPP },
  UNKNOWN_SUBSCRIBER: { is: 'permanent', source: MAP },
  ABSENT_SUBSCRIBER: { is: 'temporary', source: MAP },
  BLACKLISTED: { is: 'permanent', source: 'common use of aggregators' },
  REFUSED: { is: 'permanent', source: OURS },
  NOT_SENT: { is: 'temporary', source: OURS },
};

/** The listed codes of a class, in capital letters. */
export const codesOf = (is: 'permanent' | 'temporary'): string[] =>
  Object.keys(CODES).filter((code) => CODES[code]?.is === is);
