import { looksLikeNumber, mayHoldNumber } from './clean-cell';
import { type NameRank, rankName } from './phone-column-names';
import { readNumber } from './read-number';
import type { Column, CountryCode } from './recipient';

const SAMPLE_ROWS = 50;
/** A person cannot choose from more: then the most likely columns are shown. */
const MAX_COLUMNS_SHOWN = 100;
const SAMPLES_SHOWN = 3;
const MAX_SHOWN_CHARACTERS = 100;

/** How likely a cell is a recipient's number. An order number looks like one but is seldom valid. */
const VALID = 1;
const NUMBER_LIKE = 0.3;
const ENOUGH = 0.2;

interface TableLayout {
  hasHeader: boolean;
  /** All cells of the header; null where a column has no name. */
  names: (string | null)[];
  /** The columns that a person may choose from. */
  columns: Column[];
  /** Null when two columns are equally likely, or none is: a person must choose. */
  phoneColumn: number | null;
}

interface Candidate {
  index: number;
  rank: NameRank;
  /** The mean likelihood of the cells that are not blank, 0 to 1. */
  score: number;
}

/** Finds out from the first rows of a table (none of them blank) whether it has a header and which column has the numbers. */
export function findPhoneColumn(rows: string[][], defaultCountry?: CountryCode): TableLayout {
  const [first = [], ...rest] = rows.slice(0, SAMPLE_ROWS + 1);
  const hasHeader = isHeader(first, rest);
  const body = hasHeader ? rest : [first, ...rest];
  const width = Math.max(first.length, ...rest.map((row) => row.length));
  const indexes = Array.from({ length: width }, (_, index) => index);

  const candidates = indexes.map(
    (index): Candidate => ({
      index,
      rank: hasHeader ? rankName(first[index] ?? '') : 'none',
      score: scoreColumn(cellsOf(body, index), defaultCountry),
    }),
  );
  const names = indexes.map((index) => (hasHeader ? shown(first[index] ?? '') : null));
  const columns = worthShowing(candidates).map(({ index }) => ({
    index,
    name: names[index] ?? null,
    samples: cellsOf(body, index).slice(0, SAMPLES_SHOWN).map(shown),
  }));
  return { hasHeader, names, columns, phoneColumn: choose(candidates)?.index ?? null };
}

/** The most likely columns, in the order of the file. */
function worthShowing(candidates: Candidate[]): Candidate[] {
  const likelihood = ({ rank, score }: Candidate) => score + { mended: 3, exact: 2, hint: 1, none: 0 }[rank];
  return candidates
    .toSorted((a, b) => likelihood(b) - likelihood(a))
    .slice(0, MAX_COLUMNS_SHOWN)
    .sort((a, b) => a.index - b.index);
}

/**
 * Whether the first row names a phone column, or has no number while the rows below do. A row with a mistyped number,
 * such as `1380013800O`, is not a header: the number would be lost without a reason shown.
 */
function isHeader(first: string[], rest: string[][]): boolean {
  const ranks = first.map(rankName);
  if (ranks.includes('mended') || ranks.includes('exact')) return true;
  if (first.some(looksLikeNumber)) return false;
  if (ranks.includes('hint')) return true;
  return !first.some(mayHoldNumber) && rest.some((row) => row.some(looksLikeNumber));
}

function cellsOf(rows: string[][], index: number): string[] {
  return rows.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '');
}

function scoreColumn(cells: string[], defaultCountry?: CountryCode): number {
  if (cells.length === 0) return 0;
  return cells.reduce((sum, cell) => sum + scoreCell(cell, defaultCountry), 0) / cells.length;
}

function scoreCell(cell: string, defaultCountry?: CountryCode): number {
  if (readNumber(cell, defaultCountry).kind === 'accepted') return VALID;
  return looksLikeNumber(cell) ? NUMBER_LIKE : 0;
}

/** Corrected numbers of a file of ours win over exact names, exact names over hints, hints over content alone. */
function choose(candidates: Candidate[]): Candidate | null {
  const mended = candidates.filter((candidate) => candidate.rank === 'mended');
  if (mended.length > 0) return mended.length === 1 ? (mended[0] ?? null) : null;
  if (candidates.length === 1) return candidates[0] ?? null;
  for (const rank of ['exact', 'hint'] as const) {
    const named = candidates.filter((candidate) => candidate.rank === rank);
    if (named.length === 0) continue;
    const best = findBest(named);
    return best && !isContradicted(best, candidates) ? best : null;
  }
  const best = findBest(candidates);
  return best && best.score >= ENOUGH ? best : null;
}

/** The candidate that is at least twice as likely as any other, or null. */
function findBest(candidates: Candidate[]): Candidate | null {
  const [best, second] = candidates.toSorted((a, b) => b.score - a.score);
  if (!best || !second) return best ?? null;
  return best.score > 0 && second.score <= best.score / 2 ? best : null;
}

/** `number` may be an order number: the name does not count when another column has the phone numbers. */
function isContradicted(best: Candidate, candidates: Candidate[]): boolean {
  return best.score < ENOUGH / 2 && candidates.some((other) => other.score > VALID / 2);
}

function shown(cell: string): string {
  return cell.trim().slice(0, MAX_SHOWN_CHARACTERS);
}
