import { CONSENT_ANSWERS } from './consent-lexicons';
import type { ConsentMeaning } from './consent-words';
import { foldWords, kindsOf } from './heading-words';

/** Nearly all cells of such a column are a few words; a column of remarks must not fill the memory. */
const MAX_REMEMBERED = 1_000;
const MAX_CHARACTERS = 100;

/** Signs without a word. An `x` is a tick, a `×` is none in Chinese and Japanese. */
const NO_SIGN = /[×✗✘✖❌☒🚫⛔👎]/u;
const EMPTY_BOX = /[☐□⬜◻]/u;
/** The day on which somebody agreed or left: most columns of many different cells have these. */
const DATE = /^(?=[^1-9]*[1-9])[\d\s:.\-/+TZ]{6,}$/;
const BLANK_SIGNS = /^[\s\p{Cf}\-–—_./\\?…'"]*$/u;

/** `in` and `out`: words for wanting and not wanting messages, which mean the same in both kinds of columns. */
type Answer = 'yes' | 'no' | 'in' | 'out' | 'no_sign' | 'nothing' | 'other';

const ANSWERS = new Set<Answer>(['yes', 'no', 'in', 'out']);
const COUNT = /^\s*\d+\s*$/;

const remembered = new Map<string, Answer>();

/**
 * Whether a cell of such a column says that this person wants no messages. A blank cell says nothing. In a column of
 * those who left, anything but a clear no is a yes: often it is the day on which they did. In a column of consent only a
 * no counts, and a state such as `unsubscribed` or `pending`.
 */
export function refuses(meaning: ConsentMeaning, cell: string): boolean {
  if (cell === '') return false;
  const answer = recall(cell.slice(0, MAX_CHARACTERS));
  if (answer === 'out' || answer === 'no_sign') return true;
  return meaning === 'consent' ? answer === 'no' : answer === 'yes' || answer === 'other';
}

/** Whether a cell answers the question in plain words. `0` and `1` may as well be counts. */
export function isAnswer(cell: string): boolean {
  return !COUNT.test(cell) && ANSWERS.has(recall(cell.slice(0, MAX_CHARACTERS)));
}

function recall(text: string): Answer {
  if (DATE.test(text)) return 'other';
  const known = remembered.get(text);
  if (known) return known;
  const answer = answerOf(text);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(text, answer);
  return answer;
}

function answerOf(text: string): Answer {
  if (BLANK_SIGNS.test(text)) return 'nothing';
  if (foldWords(text).length === 0) return answerOfSign(text);
  const kinds = kindsOf(text, CONSENT_ANSWERS).filter((kind) => kind !== 'plain');
  const out = kinds.indexOf('out');
  // `Not opted out`; in `No, opted out` the no is the answer.
  if (out >= 0) return kinds[out - 1] === 'not' ? 'in' : 'out';
  const isNegated = kinds.includes('not') || kinds.includes('no');
  if (kinds.includes('in')) return isNegated ? 'out' : 'in';
  if (kinds.every((kind) => kind === 'nothing' || kind === 'no') && kinds.includes('nothing'))
    return 'nothing';
  const [first] = kinds;
  if (first === 'not' || first === 'no') return 'no';
  return first === 'yes' ? 'yes' : 'other';
}

function answerOfSign(text: string): Answer {
  if (EMPTY_BOX.test(text)) return 'no';
  return NO_SIGN.test(text) ? 'no_sign' : 'yes';
}
