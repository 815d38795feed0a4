import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
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
export function findCountryColumn(names: (string | null)[], rows: string[][]): number | null {
  const width = rows.reduce((most, cells) => Math.max(most, cells.length), names.length);
  const indexes = Array.from({ length: width }, (_, index) => index);
  const cellsOf = (index: number) => rows.map((cells) => (cells[index] ?? '').trim()).filter(Boolean);
  const byRank = (wanted: string) =>
    indexes.filter((index) => rankCountryName(names[index] ?? '') === wanted);
  const exact = byRank('exact');
  const clear = exact.find((index) => isMostly(cellsOf(index), NAMED_SHARE, isCountry));
  // `India - Goa` is not understood, but it is not the default country: those rows are left out.
  const named = clear ?? exact.find((index) => cellsOf(index).length > 0);
  if (named !== undefined) return named;
  const hinted = byRank('hint').find((index) => {
    const cells = cellsOf(index);
    return cells.length > 0 && isMostly(cells, NAMED_SHARE, isCountry);
  });
  if (hinted !== undefined) return hinted;
  const coded = byRank('code').find((index) => {
    const cells = cellsOf(index);
    return cells.length > 0 && isMostly(cells, UNNAMED_SHARE, isBareCode);
  });
  if (coded !== undefined) return coded;
  const isUnnamed = (index: number) => ['none', 'code'].includes(rankCountryName(names[index] ?? ''));
  return (
    indexes.filter(isUnnamed).find((index) => tellsByItself(cellsOf(index), rows.length, names.length > 0)) ??
    null
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
