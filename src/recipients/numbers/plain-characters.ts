import { countDigits, MIN_DIGITS } from './written-number';

/** Invisible characters from word processors, chats and spreadsheets: zero-width, direction and variant marks. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]/g;
/**
 * ① ⑴ ⒈ ¹ and 1 in a keycap mark the items of a list. They are no digits: Unicode's compatible form of `①138` is `1138`.
 */
const ENCLOSED = /\p{No}|\u20e3/u;
const LEADING_ENCLOSED = /^(?:(?:\p{No}|\d\ufe0f?\u20e3)\s?){1,4}/u;
/** Its compatible form is a blank with an accent, but people type it for an apostrophe. */
const ACUTE = /\u00b4/g;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;
const DIGIT = /^\p{Nd}$/u;

/**
 * The text with full-width and other compatible characters as their plain ones, the digits of all scripts as those of
 * ASCII, and without invisible characters and a leading ①. A text that has ① elsewhere is returned as it is.
 */
export function toPlainCharacters(text: string): string {
  let item = text;
  if (ENCLOSED.test(text)) {
    item = text.replace(LEADING_ENCLOSED, '');
    if (ENCLOSED.test(item) || countDigits(item) < MIN_DIGITS) return text;
  }
  return item
    .replace(ACUTE, "'")
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(OTHER_DIGIT, asciiDigit)
    .trim();
}

/** Unicode keeps the digits of a script together, from zero to nine, so that the place tells the value. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) as number;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
