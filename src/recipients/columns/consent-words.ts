import { CONSENT_NAMES } from './consent-lexicons';
import { kindsOf } from './heading-words';

/** What a yes in a column means: wants messages, or wants none. */
export type ConsentMeaning = 'consent' | 'opt_out';

/** Whether a column is about messages and says no more, as `SMS Marketing`: what it means, its cells say. */
export function isAboutMessages(header: string): boolean {
  const kinds = kindsOf(header.slice(0, 200), CONSENT_NAMES);
  return kinds.length > 0 && kinds.every((kind) => kind === 'message');
}

/** `No.` before a word counts: `No. of SMS`. */
const NUMBER_SIGN = /\bno\. ?(?=\S)/gi;
/** Says nothing beside `Stop`. */
const BESIDE_STOP = new Set(['stop', 'message']);

/**
 * Whether a column is about who wants messages, by its name: `Accepts SMS Marketing` is `consent`, `Unsubscribed` and
 * `No SMS` are `opt_out`. Null for any other, and for those about e-mail only.
 */
export function consentMeaning(header: string): ConsentMeaning | null {
  const kinds = kindsOf(header.slice(0, 200).replace(NUMBER_SIGN, 'number '), CONSENT_NAMES);
  const has = (kind: (typeof kinds)[number]) => kinds.includes(kind);
  if (has('aspect') || (has('otherMatter') && !has('message'))) return null;
  // `No consent`; in `SMS no` the word is an abbreviation.
  const negation = kinds.indexOf('not');
  const isNegated = (kind: (typeof kinds)[number]) => negation >= 0 && kinds.indexOf(kind) > negation;
  if (has('out')) return kinds[kinds.indexOf('out') - 1] === 'not' ? 'consent' : 'opt_out';
  if (has('stop') && kinds.every((kind) => kind !== null && BESIDE_STOP.has(kind))) return 'opt_out';
  if (has('in')) return isNegated('in') ? 'opt_out' : 'consent';
  if (has('accept') && has('message'))
    return isNegated('accept') || isNegated('message') ? 'opt_out' : 'consent';
  return isNegated('message') ? 'opt_out' : null;
}
