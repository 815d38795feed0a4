/** Invisible characters from word processors, chats and spreadsheets: zero-width and direction marks, soft hyphens. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** How Excel keeps a number as text in CSV: `="13800138000"`. */
const FORMULA_TEXT = /^="(.*)"$/;
/** `8.61E+12` (also with a decimal comma): the digits after the third are lost. */
const SCIENTIFIC = /^[+-]?\d+([.,]\d+)?e\+?\d+$/i;
/** A number cell written with decimals, `13800138000.0`: nothing is lost. */
const EMPTY_DECIMALS = /^(\+?\d{5,})\.0+$/;
/** The digits that libphonenumber knows (ASCII and both Arabic sets) and what people write between them. */
const PHONE_CHARACTERS = /^\(?\s*\+?[-\d٠-٩۰-۹\s()[\].‐-―−ー~/·]*$/u;
const DATE =
  /^(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2}([-/.])\d{1,2}\3\d{4}|(19|20)\d\d(0[1-9]|1[0-2])[0-3]\d)$/;
/** Fewer digits are an id, a year or an amount. */
const MIN_DIGITS = 7;
const BARE_NUMBER = /^\+?\d+$/;

/** A cell's text without what hides a number: full-width forms, invisible characters, Excel's quotes, `tel:`. */
export function cleanCell(cell: string): string {
  if (BARE_NUMBER.test(cell)) return cell;
  return cell
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .trim()
    .replace(FORMULA_TEXT, '$1')
    .replace(/^['‘’`]|['‘’`]$/g, '')
    .replace(/^tel:/i, '')
    .trim()
    .replace(EMPTY_DECIMALS, '$1');
}

/** Whether a cleaned text is a number that a spreadsheet has rounded. */
export function isDamaged(text: string): boolean {
  return SCIENTIFIC.test(text);
}

/** Whether a cleaned text has digits, and only characters that a written phone number may have. */
export function isWrittenAsNumber(text: string): boolean {
  return BARE_NUMBER.test(text) || (PHONE_CHARACTERS.test(text) && /[\d٠-٩۰-۹]/.test(text));
}

/** Whether a cell may contain a phone number among other text: it is written as a number or has at least 7 digits. */
export function mayHoldNumber(cell: string): boolean {
  return isWrittenAsNumber(cleanCell(cell)) || countDigits(cell) >= MIN_DIGITS;
}

/** Whether a cell looks like a phone number, valid or not, rather than a short id, an amount or a date. */
export function looksLikeNumber(cell: string): boolean {
  const text = cleanCell(cell);
  if (isDamaged(text)) return true;
  const digitCount = countDigits(text);
  return isWrittenAsNumber(text) && digitCount >= MIN_DIGITS && digitCount <= 15 && !DATE.test(text);
}

function countDigits(text: string): number {
  return text.match(/[\d٠-٩۰-۹]/g)?.length ?? 0;
}
