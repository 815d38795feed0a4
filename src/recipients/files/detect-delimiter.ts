import { looksLikeNumbers } from '../numbers/read-cell';
import { DELIMITERS, type Delimiter } from '../recipient';
import { parseRecords } from './split-records';

const SAMPLE_CHARACTERS = 8 * 1024;
const SAMPLE_ROWS = 50;
/** Excel's own line for it. Spreadsheets that know it do not show it. */
const SEPARATOR_LINE = /^"?sep=([,;\t|，；])"?\n/i;

/** Returns the delimiter of a text, and the text without Excel's `sep=` line. */
export function detectDelimiter(text: string): { delimiter: Delimiter; text: string } {
  const { stated, rest } = takeSeparatorLine(text);
  return { delimiter: stated ?? guessDelimiter(rest), text: rest };
}

/** The delimiter that Excel's `sep=` line states, null where there is none, and the text without that line. */
export function takeSeparatorLine(text: string): { stated: Delimiter | null; rest: string } {
  const line = SEPARATOR_LINE.exec(text);
  return line
    ? { stated: line[1] as Delimiter, rest: text.slice(line[0].length) }
    : { stated: null, rest: text };
}

/** The delimiter that the first rows have most evidence for. */
export function guessDelimiter(text: string): Delimiter {
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, score: score(text, delimiter) }));
  // The sort is stable: without evidence for another, as in a single column, the comma wins.
  scored.sort((a, b) => compare(b.score, a.score));
  return scored[0]?.delimiter ?? ',';
}

/**
 * The evidence for a delimiter, most important first: how many rows, split by it, have a cell that looks like a
 * number (the semicolon in `Li;13800138000;1,50`), how many rows have the most frequent width, that width.
 */
function score(text: string, delimiter: Delimiter): number[] {
  const head = text.slice(0, SAMPLE_CHARACTERS);
  const rows = parseRecords(head, delimiter, head.length === text.length, SAMPLE_ROWS).data.filter((cells) =>
    cells.some((cell) => cell.trim() !== ''),
  );
  const width = mostFrequent(rows.map((cells) => cells.length));
  const withNumber = rows.filter((cells) => cells.some(looksLikeNumbers)).length;
  const ofWidth = width > 1 ? rows.filter((cells) => cells.length === width).length : 0;
  return [withNumber, ofWidth, width];
}

function mostFrequent(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

function compare(a: number[], b: number[]): number {
  const differing = a.findIndex((value, i) => value !== b[i]);
  return differing === -1 ? 0 : (a[differing] as number) - (b[differing] as number);
}
