import type { Column, Sheet } from '../recipient';
import { type NameRank, rankName } from './phone-column-names';
import type { ColumnScore } from './score-columns';
import { isSomebodyElses } from './somebody-elses';

/** A person cannot choose from more: then the most likely columns are shown. */
const MAX_COLUMNS_SHOWN = 100;
/** The share of rows in which a column without a telling name must have a number. */
const ENOUGH = 0.2;

/** A name is a hint only: it settles what the numbers leave open. */
const WEIGHT: Record<NameRank, number> = {
  mended: 4,
  mobile: 1.2,
  exact: 1.15,
  hint: 1,
  none: 0.9,
  other: 0.4,
};

interface Candidate extends ColumnScore {
  name: string;
  rank: NameRank;
  /** The share of rows in which the column has a number, weighted by its name. */
  score: number;
}

/** The columns of a table, from the names of its header and the scores of its rows. */
export function candidatesOf(names: (string | null)[], scores: ColumnScore[], rows: number): Candidate[] {
  const width = Math.max(names.length, scores.length);
  return Array.from({ length: width }, (_, index) => {
    const own = scores[index] ?? { index, filled: 0, likelihood: 0, mobiles: 0, samples: [] };
    const name = names[index] ?? '';
    const rank = rankName(name);
    return { ...own, name, rank, score: rows === 0 ? 0 : (own.likelihood / rows) * WEIGHT[rank] };
  });
}

/**
 * The column with the numbers, or null where a person must choose: where a second column is at least half as likely,
 * where two columns with a plain name for it have mobiles, and where the numbers are in another column than the one with
 * the clearest name.
 */
export function chooseColumn(candidates: Candidate[]): number | null {
  const mended = candidates.filter(({ rank }) => rank === 'mended');
  if (mended.length > 0) return mended.length === 1 ? (mended[0]?.index ?? null) : null;
  if (candidates.length === 1) return 0;
  const [best, ...others] = candidates.toSorted((a, b) => b.score - a.score);
  if (!best) return null;
  if (best.score === 0) return onlyPlainlyNamed(candidates);
  if (best.rank === 'other' || others.some((other) => competes(best, other))) return null;
  return isNamed(best) || best.score >= ENOUGH ? best.index : null;
}

function competes(best: Candidate, other: Candidate): boolean {
  if (clarityOf(other) > clarityOf(best)) return true;
  if (other.score === 0) return false;
  // `Phone` beside `Emergency Contact Phone`.
  if (isPlain(best) && other.rank === 'hint' && isSomebodyElses(other.name)) return false;
  if (isPlain(best) && isPlain(other) && other.mobiles > 0 && best.mobiles > 0) return true;
  return other.score >= best.score / 2;
}

/** An order number is never taken for a phone without a question, and a phone column that is empty is one, too. */
const CLARITY: Record<NameRank, number> = { mended: 3, mobile: 3, exact: 3, hint: 2, none: 1, other: 0 };
const clarityOf = ({ rank }: Candidate) => CLARITY[rank];

const isPlain = ({ rank }: Candidate) => rank === 'mobile' || rank === 'exact';
const isNamed = ({ rank }: Candidate) => rank !== 'none' && rank !== 'other';

/** Where no cell is like a number, the rows are listed as left out under the one column that is named. */
function onlyPlainlyNamed(candidates: Candidate[]): number | null {
  const plain = candidates.filter(isPlain);
  return plain.length === 1 ? (plain[0]?.index ?? null) : null;
}

/** The columns that a person may choose from: the most likely ones, in the order of the table. */
export function columnsOf(names: (string | null)[], candidates: Candidate[], sheet: Sheet | null): Column[] {
  return candidates
    .toSorted((a, b) => b.score - a.score || b.filled - a.filled || a.index - b.index)
    .slice(0, MAX_COLUMNS_SHOWN)
    .sort((a, b) => a.index - b.index)
    .map(({ index, samples }) => ({ sheet, index, name: names[index] ?? null, samples }));
}

/** Whether several columns may hold numbers of the list, as `2025550123,2025550124` in each row. */
export function mayBeAll(names: (string | null)[], candidates: Candidate[]): boolean {
  return names.length === 0 && candidates.filter(({ score }) => score >= ENOUGH).length > 1;
}
