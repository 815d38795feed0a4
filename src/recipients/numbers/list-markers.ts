import { countDigits, MIN_DIGITS } from './written-number';

const BULLET = /^(?:[•●○▪■◦‣⁃·∙➢►✓✔☎☏✆📞📱📲]\s{0,3}|[-*‐-―−]\s{1,3})/u;
const NUMBER_SIGN = /^#\s?\d{1,4}[\s.):]{1,4}/;
/** A closing bracket that nothing opens, and the comma of Chinese lists. */
const NUMBERED = /^\d{1,4}\s?[)、]\s{0,3}/;
const DOTTED = /^\d{1,4}\.\s{1,3}/;
/** `06. 12. 34. 56. 78`: the dots divide one number. */
const DOT_AND_BLANK = /\d\.\s/;
const BEFORE_PLUS = /^\(?\d{1,4}[\s.):-]{1,4}(?=\+)/;

/** The text without the bullet or number of a list before it, or as it is. What is dropped is never part of a number. */
export function dropListMarker(text: string): string {
  for (const marker of [BULLET, NUMBER_SIGN, NUMBERED, BEFORE_PLUS]) {
    const rest = text.replace(marker, '');
    if (rest !== text) return rest;
  }
  const rest = text.replace(DOTTED, '');
  return DOT_AND_BLANK.test(rest) ? text : rest;
}

const BRACKETED = /^\((\d{1,4})\)\s{0,3}(\d[^)]*)$/;
const DOTTED_RUN = /^(\d{1,3})\.(\d[^.]*)$/;
const LONE_DIGIT = /^(\d)[\s-]{1,3}(\d{7,})$/;

interface DoubtfulMarker {
  digits: string;
  rest: string;
  /** Whether lists are numbered so. A digit and a blank may be a typing error as well. */
  isUsual: boolean;
}

/** Digits at the beginning that are the number of a list, or else an area code: `(3) 612345600`. Null where none are. */
export function findDoubtfulMarker(text: string): DoubtfulMarker | null {
  const usual = BRACKETED.exec(text) ?? DOTTED_RUN.exec(text);
  const [, digits, rest] = usual ?? LONE_DIGIT.exec(text) ?? [];
  if (digits === undefined || rest === undefined || countDigits(rest) < MIN_DIGITS) return null;
  return { digits, rest, isUsual: usual !== null };
}
