/**
 * Writes cells of a CSV that people open in a spreadsheet. Text from a recipient list must not run there as a
 * formula, and a phone number must stay text: Excel turns a bare `+8613800138000` into 8.6138E+12 and saves
 * it like that.
 *
 * Papa Parse's `unparse` was measured on 100,000 export lines and not taken. It needs 1.4 to 1.8 times as
 * long, and its `escapeFormulae` applies to every cell: it turns `="+8613800138000"` into text with an
 * apostrophe, marks plain amounts such as -12.50 too, and overlooks the full-width signs.
 */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * What may stand before the sign and is passed over: blanks of every kind (U+FEFF is one), characters of no width, and quotes,
 * which are taken off where a file is opened with another separator than ours. Tab and line ends are separators themselves.
 * No character is in both classes: a run of one that is would be tried in 2^n ways.
 */
const PASSED_OVER = String.raw`[^\S\t\r\n\u0085\u2028\u2029]|["\u0000\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]`;
/** A spreadsheet set to Chinese or Japanese also takes the full-width signs as the start of a formula. */
const SIGN = '[=+\\-@＝＋－＠]';
const MAY_BE_FORMULA = new RegExp(`^(?:[\\t\\r\\n]|(?:${PASSED_OVER})*${SIGN})`);
/**
 * The same inside a cell, behind what separates cells elsewhere: Excel in much of Europe opens a CSV with `;`, takes no note
 * of our quotes in the middle of a line, and runs what follows. An amount or a phone number there is no formula.
 */
const MAY_BE_FORMULA_INSIDE = new RegExp(
  `([,;\\t\\r\\n\\u0085\\u2028\\u2029](?:${PASSED_OVER})*)(?=${SIGN})(?![+-]\\d[\\d.]{0,20}(?:[,;\\t\\r\\n ]|$))`,
  'g',
);
const PLAIN_AMOUNT = /^[+-]?\d+([.,]\d+)?$/;
const BARE_NUMBER = /^\+?\d+$/;
/** Neither a formula nor in need of quotes. One test that settles most cells. */
const PLAIN_TEXT = /^[\p{L}\p{N}][^",;\t\r\n\u0085\u2028\u2029]*$/u;

/** The head line, and blocks of lines. */
export interface CsvTable {
  headLine: string;
  blocks: AsyncIterable<string[]>;
  /** Tells in words that the rest is left away, where the lines are more than an export may have. */
  endLine?: string;
}

/** One line with its CRLF. The cells come from the functions below. */
export const csvLine = (cells: string[]) => `${cells.join(',')}\r\n`;

/**
 * The text, with an apostrophe in front of what a spreadsheet would read as a formula, with whichever of `,`, `;` and tab it
 * separates cells. Null gives an empty cell.
 */
export function textCell(value: string | number | null): string {
  if (value === null || value === '') return '';
  const text = String(value);
  if (PLAIN_TEXT.test(text)) return text;
  const inside = text.replace(MAY_BE_FORMULA_INSIDE, "$1'");
  return quote(MAY_BE_FORMULA.test(text) && !PLAIN_AMOUNT.test(text) ? `'${inside}` : inside);
}

/**
 * A phone number as `="+8613800138000"`: the one form in CSV that Excel, LibreOffice and Google Sheets all
 * read as text, and that our own reading of lists accepts too. A value that is not digits becomes a text
 * cell.
 */
export function numberCell(value: string): string {
  return BARE_NUMBER.test(value) ? `"=""${value}"""` : textCell(value);
}

function quote(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
