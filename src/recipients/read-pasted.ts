import { looksLikeNumber } from './clean-cell';
import { detectDelimiter } from './detect-delimiter';
import { rankName } from './phone-column-names';
import { readNumber } from './read-number';
import { type ReadOptions, readRecipients } from './read-recipients';
import type { ReadEvent } from './recipient';
import { parseRecords, type Row } from './split-records';
import { validateRows } from './validate-rows';

const BETWEEN_NUMBERS = /[,;\t|、，；]/;
const NOTHING = /^[\s,;|、，；]*$/;

/** Whether the text has only blanks and separators. */
export const isBlankPaste = (text: string) => NOTHING.test(text);

/**
 * Reads what a person typed or pasted, at most 3,000 characters (the limit of a Slack text field): one or several
 * numbers a line, separated by commas, semicolons, tabs or blanks, or rows copied from a spreadsheet. Yields the
 * events of `readRecipients`, with line numbers of the pasted text.
 */
export async function* readPasted(text: string, options: ReadOptions): AsyncGenerator<ReadEvent> {
  const bytes = new TextEncoder().encode(text);
  const rows = isTable(text) ? [] : listNumbers(text, options);
  if (rows.length === 0) {
    yield* readRecipients(once(bytes), options);
    return;
  }
  yield {
    kind: 'layout',
    layout: {
      encoding: 'utf-8',
      delimiter: ',',
      hasHeader: false,
      phoneColumn: 0,
      columns: [{ index: 0, name: null, samples: rows.slice(0, 3).map((row) => row.cells[0] ?? '') }],
    },
  };
  yield { kind: 'rows', ...validateRows(rows, 0, options), bytesRead: bytes.length };
}

/**
 * Whether the text is a table: rows of equal width with a header, or with numbers in exactly one column. Anything else
 * is a list, so that the invalid item in `13800138000, 1390013900` is reported and not mistaken for another column.
 */
function isTable(text: string): boolean {
  const head = detectDelimiter(text.replace(/\r\n?/g, '\n'));
  const rows = parseRecords(head.text, head.delimiter, true).data.filter((cells) =>
    cells.some((cell) => cell.trim() !== ''),
  );
  const [first] = rows;
  if (!first || rows.length < 2 || rows.some((cells) => cells.length !== first.length)) return false;
  if (first.some((cell) => rankName(cell) !== 'none')) return true;
  const columnsWithNumbers = first.filter((_, index) =>
    rows.some((cells) => looksLikeNumber(cells[index] ?? '')),
  );
  return first.length > 1 && columnsWithNumbers.length === 1;
}

function listNumbers(text: string, options: ReadOptions): Row[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) =>
    line
      .split(BETWEEN_NUMBERS)
      .map((piece) => piece.trim().replace(/^"(.*)"$/, '$1'))
      .filter((piece) => piece !== '')
      .flatMap((piece) => splitAtBlanks(piece, options))
      .map((piece) => ({ line: index + 1, cells: [piece], malformed: false })),
  );
}

/** A blank may be inside a number (`+1 202 555 0123`) or between two numbers: then each part looks like a number. */
function splitAtBlanks(piece: string, options: ReadOptions): string[] {
  const parts = piece.split(/\s+/);
  if (parts.length === 1 || !parts.every(looksLikeNumber)) return [piece];
  return readNumber(piece, options.defaultCountry).kind === 'accepted' ? [piece] : parts;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
