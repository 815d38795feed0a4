import { withAsciiDigits } from './decimal-digits';

/** No cell with a number is longer. What is behind is not looked at, so that no pattern meets a long text. */
const MAX_CHARACTERS = 500;
/** Invisible characters from word processors, chats and spreadsheets: zero-width and direction marks, soft hyphens. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** How Excel keeps a number as text in CSV: `="13800138000"`. */
const FORMULA_TEXT = /^="(.*)"$/;
const WRAPPING = /^["'“”„«»‘’`‹›]|["'“”„«»‘’`‹›]$/g;
/** `8.61E+12`, also with a decimal comma: digits before and after the point, and the exponent. */
const SCIENTIFIC = /^\+?(\d)(?:[.,](\d{1,30}))?e\+?(\d{1,3})$/i;
const ANY_SCIENTIFIC = /^[+-]?\d{1,30}(?:[.,]\d{1,30})?e\+?\d{1,3}$/i;
/** A number cell written with decimals, `13800138000.0`: nothing is lost. */
const EMPTY_DECIMALS = /^(\+?\d{5,})\.0+$/;
/** What people write between digits. */
const PHONE_CHARACTERS = /^[-\d+\s()[\].‐-―−ー~/·]*$/u;
const DATE =
  /^(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2}([-/.])\d{1,2}\3\d{4}|(19|20)\d\d(0[1-9]|1[0-2])[0-3]\d)$/;
/** Fewer digits are an id, a year or an amount. */
export const MIN_DIGITS = 7;
const BARE_NUMBER = /^\+?\d+$/;
const ENDS = /[,;.，；。]$/;

/**
 * What phones and exports of lead forms and address books put before a number. Ten languages. `Fax` is none of them: it
 * receives no texts. A single letter counts only with its colon.
 */
const LABEL =
  /^(?:(?:tel|sms|smsto|callto|phone|telephone|mobile|mobil|mob|cell|cel|celular|móvil|movil|telefon|teléfono|telefono|telefone|téléphone|portable|handy|cellulare|whatsapp|wa|ph|number|тел|телефон|моб|هاتف|جوال|手机|手機|手机号|电话|電話|携帯|전화|휴대폰)\s{0,3}[.:]?|[ptm]:)\s{0,3}(?=[+(\d])/i;
/**
 * The number of a line in a list, or its bullet: `12. `, `3) `, `#4 `, `• `. Its digits never join those of a number.
 * `(202) ` and `202) ` are area codes.
 */
const LIST_MARKER =
  /^(?:\d{1,4}[.:、]\s{1,5}|\d{1,2}\)\s{0,5}|#\d{1,4}[.:)]?\s{1,5}|[•●▪◦‣*–—-]\s{0,5}(?=[+(\d]))/;
/** Digits in circles and brackets are list markers, too. NFKC would make plain digits of them. */
const CIRCLED = /^[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]\s{0,5}/;

/** A cell's text without what hides a number: full-width forms, invisible characters, quotes, labels, list markers. */
export function cleanCell(cell: string): string {
  if (BARE_NUMBER.test(cell)) return cell;
  const text = withAsciiDigits(cell.slice(0, MAX_CHARACTERS).trim().replace(CIRCLED, '').normalize('NFKC'))
    .replace(INVISIBLE, '')
    .trim()
    .replace(FORMULA_TEXT, '$1')
    .replace(WRAPPING, '')
    .trim();
  return withoutExponent(withoutLabel(text).replace(ENDS, '').trim().replace(EMPTY_DECIMALS, '$1'));
}

/** Only where a number remains: `1. 5` is no list. */
function withoutLabel(text: string): string {
  const unlabelled = text.replace(LABEL, '');
  const unmarked = unlabelled.replace(LIST_MARKER, '');
  const isRest =
    unmarked !== unlabelled && PHONE_CHARACTERS.test(unmarked) && countDigits(unmarked) >= MIN_DIGITS;
  return isRest ? unmarked : unlabelled;
}

/** `2.025550123E9` has all ten digits of the number: nothing is lost. */
function withoutExponent(text: string): string {
  const [, first = '', decimals = '', exponent = '0'] = SCIENTIFIC.exec(text) ?? [];
  return first !== '' && decimals.length === Number(exponent) && decimals.length >= MIN_DIGITS - 1
    ? `${first}${decimals}`
    : text;
}

/** Whether a cleaned text is a number that a spreadsheet has rounded: `8.61E+12`. */
export function isDamaged(text: string): boolean {
  return ANY_SCIENTIFIC.test(text);
}

/** Whether a cleaned text has digits, and only characters that a written phone number may have. */
export function isWrittenAsNumber(text: string): boolean {
  return BARE_NUMBER.test(text) || (PHONE_CHARACTERS.test(text) && /\d/.test(text));
}

/** Whether a cell may contain a phone number among other text: it is written as a number or has at least 7 digits. */
export function mayHoldNumber(cell: string): boolean {
  return countDigits(cell) >= MIN_DIGITS || isWrittenAsNumber(cleanCell(cell)) || isDamaged(cleanCell(cell));
}

/** Whether a cell looks like a phone number, valid or not, rather than a short id, an amount or a date. */
export function looksLikeNumber(cell: string): boolean {
  const text = cleanCell(cell);
  if (isDamaged(text)) return true;
  const digitCount = countDigits(text);
  return isWrittenAsNumber(text) && digitCount >= MIN_DIGITS && digitCount <= 15 && !DATE.test(text);
}

const BEYOND_ASCII = /\P{ASCII}/u;
const ANY_DIGIT = /\p{Nd}/gu;

/** Digits of any script. */
export function countDigits(text: string): number {
  if (BEYOND_ASCII.test(text)) return text.match(ANY_DIGIT)?.length ?? 0;
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) count += 1;
  }
  return count;
}
