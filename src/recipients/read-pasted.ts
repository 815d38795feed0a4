import { prepareCountryNames } from './columns/country-by-name';
import { findHeader } from './columns/find-header';
import { isPhoneName } from './columns/phone-column-names';
import { detectDelimiter } from './files/detect-delimiter';
import { parseRecords, type Row } from './files/split-records';
import { looksLikeNumber, mayHoldNumber } from './numbers/clean-cell';
import { type ReadOptions, readRecipients } from './read-recipients';
import type { Layout, ReadEvent } from './recipient';
import { createRowValidator } from './validate-rows';

const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/;
const BETWEEN_NUMBERS = /[,;\t|、，；]/;
const NOTHING = /^[\s,;|、，；]*$/;
const SAMPLES_SHOWN = 3;

/** Whether the text has only blanks and separators. */
export const isBlankPaste = (text: string) => NOTHING.test(text);

/**
 * Reads what a person typed or pasted, at most 3,000 characters (the limit of a Slack text field): one or several
 * numbers a line, separated by commas, semicolons, tabs or blanks, or rows copied from a spreadsheet. Yields the
 * events of `readRecipients`, with line numbers of the pasted text.
 */
export async function* readPasted(text: string, options: ReadOptions): AsyncGenerator<ReadEvent> {
  await prepareCountryNames();
  const bytes = new TextEncoder().encode(text);
  const isList = options.choice.phoneColumn === 'all' || !isTable(text);
  const rows = isList ? listNumbers(text) : [];
  if (rows.length === 0) {
    yield* readRecipients(once(bytes), options);
    return;
  }
  const [first] = rows as [Row];
  const headings = isHeading(first) ? [first] : [];
  const layout = options.decided ?? listLayout(rows, headings);
  const validator = createRowValidator(layout, options);
  yield { kind: 'layout', layout };
  const entries = rows.filter((row) => !headings.includes(row));
  yield { kind: 'rows', ...(await validator.validate(entries)), bytesRead: bytes.length };
  const roundedFromZeros = validator.roundedFromZeros();
  if (roundedFromZeros !== layout.roundedFromZeros) {
    yield { kind: 'refuted', layout: { ...layout, roundedFromZeros } };
    return;
  }
  const found = validator.findings();
  const total = found.rows + headings.length;
  const findings = { ...found, rows: total, headings: headings.length, unreadableCells: 0 };
  yield { kind: 'end', layout, findings };
}

/**
 * Whether the text is a table: rows below a header that names the phones among other columns, or rows of equal width with
 * any header, with numbers in exactly one column, or copied from a spreadsheet, which puts a tab between columns. Rows
 * below a header may be of any width, so that what does not fit is left out as in a file. Anything else is a list, so that the invalid item in
 * `13800138000, 1390013900` is reported and not mistaken for another column.
 */
function isTable(text: string): boolean {
  const head = detectDelimiter(text.split(LINE_BREAK).join('\n'));
  const records = parseRecords(head.text, head.delimiter, true).data.filter((cells) =>
    cells.some((cell) => cell.trim() !== ''),
  );
  const [first] = records;
  if (!first || records.length < 2) return false;
  const rows = records.map((cells, index) => ({ line: index + 1, cells, malformed: false }));
  const { headings, names } = findHeader(rows);
  if (names.length > 1 && names.some((name) => isPhoneName(name ?? ''))) return true;
  if (first.length === 1 || records.some((cells) => cells.length !== first.length)) return false;
  if (headings.length > 0) return true;
  const withNumbers = first.filter((_, index) =>
    records.some((cells) => looksLikeNumber(cells[index] ?? '')),
  );
  return withNumbers.length === 1 || head.delimiter === '\t';
}

/** A row for each piece between separators. A piece may still have several numbers: `readCell` divides it. */
function listNumbers(text: string): Row[] {
  return text.split(LINE_BREAK).flatMap((line, index) =>
    line
      .split(BETWEEN_NUMBERS)
      .map((piece) => piece.trim())
      .filter((piece) => piece !== '')
      .map((piece) => ({ line: index + 1, cells: [piece], malformed: false })),
  );
}

/** `Phone` above the numbers. */
function isHeading({ cells: [cell = ''] }: Row): boolean {
  return isPhoneName(cell) && !mayHoldNumber(cell);
}

function listLayout(rows: Row[], headings: Row[]): Layout {
  const names = headings.map(({ cells }) => cells[0] ?? null);
  const numbers = rows.filter((row) => !headings.includes(row));
  const samples = numbers.slice(0, SAMPLES_SHOWN).map(({ cells }) => cells[0] ?? '');
  return {
    encoding: 'utf-8',
    delimiter: null,
    sheet: null,
    headings: headings.map(({ line }) => line),
    names,
    width: 1,
    mayMove: false,
    phoneColumn: 'all',
    countryColumn: null,
    headingCountry: null,
    consentColumns: [],
    roundedFromZeros: null,
    columns: [{ sheet: null, index: 0, name: names[0] ?? null, samples }],
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
