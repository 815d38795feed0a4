/**
 * Cells of a CSV that people open in a spreadsheet. What a stranger wrote must not run there as a formula, and a
 * phone number must stay text: Excel shows a bare `+8613800138000` as 8.6138E+12 and keeps it so.
 */
export const BYTE_ORDER_MARK = '\ufeff';

/** The full-width forms are formulas to spreadsheets that are set to Chinese or Japanese. */
const MAY_BE_FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const PLAIN_AMOUNT = /^[+-]?\d+([.,]\d+)?$/;
const BARE_NUMBER = /^\+?\d+$/;
/** Neither a formula nor in need of quotes: most cells, told by one look. */
const AS_IT_STANDS = /^[^=+\-@\t\r\n＝＋－＠",][^",\r\n]*$/;

/** One line with its end; cells are made by the functions below. */
export const csvLine = (cells: string[]) => `${cells.join(',')}\r\n`;

/** As it stands, but for an apostrophe before what a spreadsheet would take for a formula. Null is an empty cell. */
export function textCell(value: string | number | null): string {
  if (value === null || value === '') return '';
  const text = String(value);
  if (AS_IT_STANDS.test(text)) return text;
  return quote(MAY_BE_FORMULA.test(text) && !PLAIN_AMOUNT.test(text) ? `'${text}` : text);
}

/**
 * A phone number as `="+8613800138000"`, the one way of CSV to say text that Excel, LibreOffice and Google
 * Sheets all follow, and that our own reading of lists takes back. Of anything but digits it makes a text.
 */
export function numberCell(value: string): string {
  return BARE_NUMBER.test(value) ? `"=""${value}"""` : textCell(value);
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
