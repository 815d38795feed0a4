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

/** A spreadsheet set to Chinese or Japanese also takes the full-width signs as the start of a formula. */
const MAY_BE_FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const PLAIN_AMOUNT = /^[+-]?\d+([.,]\d+)?$/;
const BARE_NUMBER = /^\+?\d+$/;
/** Neither a formula nor in need of quotes. One test that settles most cells. */
const PLAIN_TEXT = /^[^=+\-@\t\r\n＝＋－＠",][^",\r\n]*$/;

/** The head line, and blocks of lines. */
export interface CsvTable {
  headLine: string;
  blocks: AsyncIterable<string[]>;
}

/** One line with its CRLF. The cells come from the functions below. */
export const csvLine = (cells: string[]) => `${cells.join(',')}\r\n`;

/**
 * The text, with an apostrophe in front if a spreadsheet would read it as a formula. Null gives an empty cell.
 */
export function textCell(value: string | number | null): string {
  if (value === null || value === '') return '';
  const text = String(value);
  if (PLAIN_TEXT.test(text)) return text;
  return quote(MAY_BE_FORMULA.test(text) && !PLAIN_AMOUNT.test(text) ? `'${text}` : text);
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
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
