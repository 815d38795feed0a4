import { MAX_RECORD_CHARACTERS } from '../bounds';
import { looksLikeNumber } from '../numbers/clean-cell';
import type { Delimiter } from '../recipient';

/** Rewrites text as it arrives, in whole lines, into what the parser reads. */
export type Dialect = (text: string, last: boolean) => string;

const SAMPLE_LINES = 50;
const SAMPLE_CHARACTERS = 8 * 1024;
const ANY_DELIMITER = /[,;\t|，；]/;

/**
 * Rows that are quoted as a whole: `"Ann,2025550123"`, with the quotes of their cells doubled. Null where the first lines
 * are not all so.
 */
export function detectWrappedRows(text: string): Dialect | null {
  const lines = firstLines(text);
  const inside = lines.map(unwrap);
  if (lines.length === 0 || inside.includes(null)) return null;
  const rows = inside.map((line) => (line ?? '').split(ANY_DELIMITER));
  const isSplit = rows.every((cells) => cells.length > 1);
  const withNumber = rows.filter((cells) => cells.some((cell) => looksLikeNumber(cell.replaceAll('"', ''))));
  if (!isSplit || withNumber.length < rows.length / 2) return null;
  return byLine((line) => unwrap(line) ?? line);
}

/**
 * Cells with blanks around their quotes: `name, "phone"`. The parser takes a quote for a quote only where a cell begins.
 * Null where no cell of the first lines is so; a line with a single stray quote says nothing.
 */
export function detectPaddedQuotes(text: string, delimiter: Delimiter): Dialect | null {
  const isPadded = (line: string) => line.includes(`${delimiter} "`) || line.startsWith(' "');
  if (!firstLines(text).some((line) => isPadded(line) && hasPairs(line))) return null;
  const before = delimiter === '\t' ? '\\t' : `\\${delimiter}`;
  const opening = new RegExp(`(^|${before}) {1,8}"`, 'g');
  const closing = new RegExp(`" {1,8}(?=${before}|$)`, 'g');
  return byLine((line) => line.replace(opening, '$1"').replace(closing, '"'));
}

const hasPairs = (line: string) => line.split('"').length % 2 === 1;

/** Every cell in single quotes: `'Li, A','2025550123'`. Null where one of the first lines has a cell without. */
export function detectSingleQuotes(text: string, delimiter: Delimiter): Dialect | null {
  const between = `'${delimiter}'`;
  const isQuoted = (line: string) => line.length > 2 && line.startsWith("'") && line.endsWith("'");
  const lines = firstLines(text);
  if (lines.length < 2 || !lines.every((line) => isQuoted(line) && line.includes(between))) return null;
  return byLine((line) => {
    if (!isQuoted(line)) return line;
    const cells = line.slice(1, -1).split(between);
    return cells.map((cell) => `"${cell.replaceAll("''", "'").replaceAll('"', '""')}"`).join(delimiter);
  });
}

function firstLines(text: string): string[] {
  const head = text.slice(0, SAMPLE_CHARACTERS);
  const lines = head.split('\n');
  // The last one may be cut.
  if (head.length < text.length) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, SAMPLE_LINES);
}

/** What is inside the quotes around a line; null where there are none, or where they are those of single cells. */
function unwrap(line: string): string | null {
  if (line.length < 2 || !line.startsWith('"') || !line.endsWith('"')) return null;
  const inside = line.slice(1, -1);
  return inside.replaceAll('""', '').includes('"') ? null : inside.replaceAll('""', '"');
}

/** A block may end within a line: its beginning waits for the next one, unless it is too long to be a row. */
function byLine(rewrite: (line: string) => string): Dialect {
  let heldBack = '';
  return (text, last) => {
    const whole = heldBack + text;
    const end = last ? whole.length : whole.lastIndexOf('\n') + 1;
    const rest = whole.slice(end);
    const isTooLong = rest.length > MAX_RECORD_CHARACTERS;
    heldBack = isTooLong ? '' : rest;
    const rewritten = whole.slice(0, end).split('\n').map(rewrite).join('\n');
    return isTooLong ? rewritten + rest : rewritten;
  };
}
