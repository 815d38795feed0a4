import { cleanCell, countDigits, isDamaged, looksLikeNumber, MIN_DIGITS } from '../numbers/clean-cell';
import { readCell } from '../numbers/read-cell';
import type { CountryCode } from '../recipient';

/** How likely a cell is a recipient's number. An order number looks like one but is seldom valid. */
const MOBILE = 1;
const FOREIGN = 0.5;
const NUMBER_LIKE = 0.3;

/**
 * Reading a number is most of the cost of a wide list, so that of each column the first cells are read, and then every
 * sixteenth that may be a number, which counts for sixteen. Whether a cell is filled is looked at in every row.
 */
const READ_ALL = 1_000;
const READ_EVERY = 16;

const SAMPLES_SHOWN = 3;
const MAX_SHOWN_CHARACTERS = 100;

export interface ColumnScore {
  index: number;
  /** Cells that are not blank. */
  filled: number;
  /** The likelihoods of all its cells together; at most the number of rows. */
  likelihood: number;
  /** Cells that are valid numbers of mobiles, or of a country where the number does not tell. */
  mobiles: number;
  /** The first few values that are not blank. */
  samples: string[];
}

export interface ColumnScores {
  /** Counts a row of the table. `country`: what the row says of itself, or null. */
  add(cells: string[], country: CountryCode | null): void;
  /** Rows counted so far. */
  rows(): number;
  all(): ColumnScore[];
}

interface Tally extends ColumnScore {
  /** Cells that may be numbers. */
  candidates: number;
}

/**
 * Counts for each column, row after row, how many of its cells are filled and how many are numbers. `countryOf`: the
 * country of a column's numbers in rows that do not say it.
 */
export function createColumnScores(countryOf: (column: number) => CountryCode | undefined): ColumnScores {
  const tallies: Tally[] = [];
  let rows = 0;
  return {
    add(cells, country) {
      rows += 1;
      for (let index = 0; index < cells.length; index += 1) {
        const cell = cells[index] as string;
        if (cell === '') continue;
        let tally = tallies[index];
        while (!tally) {
          tallies.push(emptyTally(tallies.length));
          tally = tallies[index];
        }
        addCell(tally, cell, country ?? countryOf(index));
      }
    },
    rows: () => rows,
    all: () => tallies.map(({ candidates, ...score }) => score),
  };
}

const emptyTally = (index: number): Tally => ({
  index,
  filled: 0,
  likelihood: 0,
  mobiles: 0,
  samples: [],
  candidates: 0,
});

function addCell(tally: Tally, cell: string, country: CountryCode | undefined): void {
  if (tally.samples.length < SAMPLES_SHOWN) {
    const shown = cell.trim().slice(0, MAX_SHOWN_CHARACTERS);
    if (shown === '') return;
    tally.samples.push(shown);
  }
  tally.filled += 1;
  if (!mayBeNumber(cell)) return;
  tally.candidates += 1;
  const isSampled = tally.candidates > READ_ALL;
  if (isSampled && tally.candidates % READ_EVERY !== 0) return;
  const weight = isSampled ? READ_EVERY : 1;
  const likelihood = likelihoodOf(cell, country);
  tally.likelihood += likelihood * weight;
  if (likelihood === MOBILE) tally.mobiles += weight;
}

/** Cheap: of the cells of a list most are words, dates and amounts. A rounded number, `8.61E+12`, has few digits. */
function mayBeNumber(cell: string): boolean {
  if (cell.length < MIN_DIGITS) return false;
  return countDigits(cell) >= MIN_DIGITS || isDamaged(cleanCell(cell));
}

function likelihoodOf(cell: string, country: CountryCode | undefined): number {
  const [first] = readCell(cell, country);
  if (first?.reading.kind === 'accepted') return first.reading.origin === 'foreign' ? FOREIGN : MOBILE;
  return looksLikeNumber(cell) ? NUMBER_LIKE : 0;
}
