/** Fewer digits are an id, a year or an amount. */
export const MIN_DIGITS = 7;
/** Longer texts are no number, however they are written. */
export const MAX_CHARACTERS = 1000;
/** What people write in and between the digits of a phone number. */
const PHONE_CHARACTERS = /^[-+\d\s()[\].‐-―−ー~/·]*$/;
const BEFORE_PLUS = /^[[(]?\s{0,3}$/;
const BARE_NUMBER = /^\+?\d+$/;
const HAS_DIGIT = /\d/;
const DIGIT_OF_ANY_SCRIPT = /\p{Nd}/gu;
/** `8.61E+12` (also with a decimal comma). */
const SCIENTIFIC = /^([+-]?)(\d+)(?:[.,](\d+))?e\+?(\d+)$/i;
const ZEROS = /^0*$/;
/** A number cell written with decimals, `13800138000.0`: nothing is lost. */
const EMPTY_DECIMALS = /^(\+?\d{5,})[.,]0+$/;

/** The functions of this file take a cleaned text, whose digits are those of ASCII, unless they say otherwise. */
export const isBare = (text: string): boolean => BARE_NUMBER.test(text);

/** Whether a text has digits, and only characters that a written phone number may have. */
export function isWrittenAsNumber(text: string): boolean {
  if (BARE_NUMBER.test(text)) return true;
  if (text.length > MAX_CHARACTERS || !PHONE_CHARACTERS.test(text) || !HAS_DIGIT.test(text)) return false;
  const plus = text.lastIndexOf('+');
  return plus < 1 || BEFORE_PLUS.test(text.slice(0, plus));
}

/** Whether a text is a number that a spreadsheet has rounded: `8.61E+12` lost the digits after the third. */
export function isDamaged(text: string): boolean {
  return SCIENTIFIC.test(text);
}

/**
 * A number without the spreadsheet's notation, where nothing is lost by it: `2.025550123E9` has all ten digits. Any
 * other text is returned as it is.
 */
export function toPlainDigits(text: string): string {
  const [, sign, whole = '', decimals = '', exponent] = SCIENTIFIC.exec(text) ?? [];
  if (exponent === undefined || sign === '-') return text.replace(EMPTY_DECIMALS, '$1');
  const digits = whole + decimals;
  const needed = whole.length + Number(exponent);
  const isWhole = digits.length >= needed && ZEROS.test(digits.slice(needed));
  return isWhole ? `${sign}${digits.slice(0, needed)}` : text;
}

/** The decimal digits in a text of any kind, in whatever script. */
export function countDigits(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 127) return countDigitsOfAnyScript(text);
    if (code >= 48 && code <= 57) count += 1;
  }
  return count;
}

/** Without an array of them: a cell may have thousands. */
function countDigitsOfAnyScript(text: string): number {
  let count = 0;
  // A search that finds no more begins anew with the next text.
  while (DIGIT_OF_ANY_SCRIPT.test(text)) count += 1;
  return count;
}
