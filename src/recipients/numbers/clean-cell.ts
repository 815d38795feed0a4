import { dropListMarker } from './list-markers';
import { takeOffLabel } from './phone-labels';
import { toPlainCharacters } from './plain-characters';
import {
  countDigits,
  isBare,
  isDamaged,
  isWrittenAsNumber,
  MAX_CHARACTERS,
  MIN_DIGITS,
  toPlainDigits,
} from './written-number';

export { countDigits, isDamaged, isWrittenAsNumber, MIN_DIGITS };

/** The usual ways to write a number: there is nothing to clean. */
const PLAIN = /^(?=[+\d(])\+?[\d -]*(?:\(\d+\)[\d -]*)?$/;
const EXPONENT = /\de\+?\d/i;
const NON_ASCII = /[^\0-\x7f]/;
/** How Excel keeps a number as text in CSV: `="13800138000"`. */
const FORMULA_TEXT = /^="(.*)"$/s;
const QUOTES = '\'"`“”„‟«»‹›‘’‚‛′″「」『』';
const SEPARATORS = ',;|、。 \t\n\r';
const AT_START = new Set(QUOTES + SEPARATORS);
const AT_END = new Set(`${QUOTES}${SEPARATORS}./`);
/** `• 1. Tel. 202-555-0123` */
const MAX_LAYERS = 4;
const MAX_DIGITS = 15;
const DATE =
  /^(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2}([-/.])\d{1,2}\3\d{4}|(19|20)\d\d(0[1-9]|1[0-2])[0-3]\d)$/;

/**
 * A cell's text without what hides a number: other scripts' digits, invisible characters, quotes, and, only where a
 * number is behind them, `tel:` and list markers. A text of more than 1,000 characters is only trimmed.
 */
export function cleanCell(cell: string): string {
  if (isBare(cell)) return cell;
  const trimmed = cell.trim();
  if (trimmed.length > MAX_CHARACTERS || PLAIN.test(trimmed)) return trimmed;
  const text = NON_ASCII.test(trimmed) ? toPlainCharacters(trimmed) : trimmed;
  const unwrapped = unwrap(text);
  if (countDigits(unwrapped) < MIN_DIGITS && !EXPONENT.test(unwrapped)) return unwrapped;
  const number = peel(unwrapped);
  return toPlainDigits(number !== unwrapped && holdsNumber(number) ? number : unwrapped);
}

/** Takes off quotes and separators, in whatever order. */
function unwrap(text: string): string {
  const content = text.replace(FORMULA_TEXT, '$1');
  let from = 0;
  let to = content.length;
  while (from < to && AT_START.has(content[from] as string)) from += 1;
  while (to > from && AT_END.has(content[to - 1] as string)) to -= 1;
  return content.slice(from, to);
}

/** Takes off labels and list markers, in whatever order. */
function peel(text: string): string {
  let rest = text;
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const peeled = unwrap(dropListMarker(takeOffLabel(rest)));
    if (peeled === rest) break;
    rest = peeled;
  }
  return rest;
}

function holdsNumber(text: string): boolean {
  return isDamaged(text) || (isWrittenAsNumber(text) && countDigits(text) >= MIN_DIGITS);
}

/** Whether a cell may contain a phone number among other text: it is written as a number or has at least 7 digits. */
export function mayHoldNumber(cell: string): boolean {
  if (countDigits(cell) >= MIN_DIGITS) return true;
  const text = cleanCell(cell);
  return isWrittenAsNumber(text) || isDamaged(text);
}

/** Whether a cell looks like a phone number, valid or not, rather than a short id, an amount or a date. */
export function looksLikeNumber(cell: string): boolean {
  const text = cleanCell(cell);
  if (isDamaged(text)) return true;
  const digitCount = countDigits(text);
  return isWrittenAsNumber(text) && digitCount >= MIN_DIGITS && digitCount <= MAX_DIGITS && !isDate(text);
}

/** Whether a cleaned text is a date: `2024-05-01`, `1.5.2024`, `20240501`. */
export const isDate = (text: string): boolean => DATE.test(text);
