import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import { createTurns } from '../take-turns';
import { rankCountryName, readCountry } from './country-names';

/** The share of filled cells that must name a country. */
const NAMED_SHARE = 0.8;
const UNNAMED_SHARE = 0.95;
/** Abbreviations that are a country's code and a state's, too: `CA`, `IN`, `CO`. */
const US_STATES = new Set(
  (
    'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA ' +
    'RI SC SD TN TX UT VT VA WA WV WI WY DC'
  ).split(' '),
);
const TWO_LETTERS = /^[A-Z]{2}$/;
const FEW_ROWS = 3;
const CALLING_CODE = /^(?:\+|00)\d/;
/** One digit alone is a rank, a gender or a count. */
const BARE_CODE = /^[1-9]\d{1,2}$/;
const DIGITS = /^\d+$/;

/**
 * The column that tells the country of each row's number, or null. Its name tells it, alone or beside other words with
 * cells that are countries or blank; without a telling name only cells that nothing else looks like: `+91`, `India`, and,
 * where the table has no header, two letters that are not all states of the US.
 */
export async function findCountryColumn(names: (string | null)[], rows: string[][]): Promise<number | null> {
  const width = rows.reduce((most, cells) => Math.max(most, cells.length), names.length);
  const ranks = Array.from({ length: width }, (_, index) => rankCountryName(names[index] ?? ''));
  const turns = createTurns();
  /** The first column of such a rank whose filled cells are so. Others run between two columns. */
  const find = async (isRank: (rank: string) => boolean, isSo: (cells: string[]) => boolean) => {
    for (const [index, rank] of ranks.entries()) {
      if (!isRank(rank)) continue;
      if (turns.isOver(rows.length)) await turns.next();
      if (isSo(rows.map((cells) => (cells[index] ?? '').trim()).filter(Boolean))) return index;
    }
    return null;
  };
  const isRank = (wanted: string) => (rank: string) => rank === wanted;
  const areFilled = (cells: string[]) => cells.length > 0;
  const areCountries = (cells: string[]) => isMostly(cells, NAMED_SHARE, isCountry);
  return (
    (await find(isRank('exact'), areCountries)) ??
    // `India - Goa` is not understood, but it is not the default country: those rows are left out.
    (await find(isRank('exact'), areFilled)) ??
    (await find(isRank('hint'), (cells) => areFilled(cells) && areCountries(cells))) ??
    (await find(isRank('code'), (cells) => areFilled(cells) && isMostly(cells, UNNAMED_SHARE, isBareCode))) ??
    (await find(
      (rank) => rank === 'none' || rank === 'code',
      (cells) => tellsByItself(cells, rows.length, names.length > 0),
    ))
  );
}

/** People are called Jordan and Li: without a telling name it takes several rows, all of them countries. */
function tellsByItself(cells: string[], rows: number, isNamed: boolean): boolean {
  if (cells.length === 0 || cells.length < rows / 2) return false;
  if (isMostly(cells, UNNAMED_SHARE, (cell) => CALLING_CODE.test(cell) && isCountry(cell))) return true;
  if (isNamed || cells.length < FEW_ROWS) return false;
  if (isMostly(cells, UNNAMED_SHARE, (cell) => cell.length > 3 && !DIGITS.test(cell) && isCountry(cell)))
    return true;
  const areCodes = isMostly(cells, UNNAMED_SHARE, (cell) => TWO_LETTERS.test(cell) && isCountry(cell));
  return areCodes && new Set(cells).size > 1 && cells.some((cell) => !US_STATES.has(cell));
}

const isCountry = (cell: string) => readCountry(cell) !== null;

const isBareCode = (cell: string) => (BARE_CODE.test(cell) || CALLING_CODE.test(cell)) && isCountry(cell);

function isMostly(cells: string[], share: number, test: (cell: string) => boolean): boolean {
  return cells.filter(test).length >= cells.length * share;
}

/** Whether a number of one country cannot be one of the other: the US and Canada share a calling code. */
export function isContradicted(number: CountryCode | null, column: CountryCode): boolean {
  return number !== null && getCountryCallingCode(number) !== getCountryCallingCode(column);
}
