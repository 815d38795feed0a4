import type { Row } from '../files/split-records';
import { looksLikeNumber } from '../numbers/clean-cell';
import type { Column, CountryCode, Layout, PhoneColumn, ReadingChoice, Sheet } from '../recipient';
import { createTurns } from '../take-turns';
import { candidatesOf, chooseColumn, columnsOf, mayBeAll } from './choose-column';
import { countryInHeading, readCountry } from './country-names';
import { findConsentColumns } from './find-consent-columns';
import { findCountryColumn } from './find-country-column';
import { findHeader, mayBeHeader } from './find-header';
import { showsColumns, widthOf } from './row-width';
import { createColumnScores } from './score-columns';

/**
 * Cells of a column behind the phones that is likelier than this to have numbers may come under the phones where a row is
 * shifted. Of a column before them one number is enough: an unquoted comma moves it there.
 */
const NUMERIC = 0.1;

/** What is known of a table before its rows are read. */
export interface TableHead {
  headings: Row[];
  /** The layout for this phone column, as the rows counted so far show it. */
  layout(phoneColumn: PhoneColumn): Layout;
  /** Counts rows that are no headings, so that the choice is made over all of them. Others run meanwhile. */
  count(rows: Row[]): Promise<void>;
  /** The phone column by the rows counted so far; null where a person must choose. */
  choose(): PhoneColumn | null;
  columns(): Column[];
  mayBeAll(): boolean;
}

export interface TableOptions {
  defaultCountry?: CountryCode | undefined;
  choice: ReadingChoice;
}

/** From the first rows of a table: at least one that is not malformed. */
export async function layOutTable(
  rows: Row[],
  of: Pick<Layout, 'encoding' | 'delimiter' | 'sheet'>,
  isWhole: boolean,
  { defaultCountry, choice }: TableOptions,
): Promise<TableHead> {
  const { headings, names, width: headerWidth } = findHeader(rows);
  const body = rows.filter((row) => !row.malformed && !headings.includes(row));
  const width = widthOf(headerWidth, body);
  const turns = createTurns();
  const countryColumn = await countryColumnOf(names, body, choice);
  const scores = createColumnScores((index) => countryInHeading(names[index] ?? '') ?? defaultCountry);
  const consentColumns = findConsentColumns(names, body);
  const isDoubtful = mayBeHeader(rows.filter((row) => !headings.includes(row)));
  const candidates = () => candidatesOf(names, scores.all(), scores.rows());
  const columns = (sheet: Sheet | null = of.sheet) => columnsOf(names, candidates(), sheet);
  const mayMove = (phoneColumn: PhoneColumn) =>
    of.sheet === null &&
    phoneColumn !== 'all' &&
    // What moves into the second column is the end of the first, a name with a comma.
    ((phoneColumn > 1 && !showsColumns(width, body)) ||
      candidates().some(
        ({ index, likelihood }) =>
          index !== phoneColumn && likelihood > (index < phoneColumn ? 0 : scores.rows() * NUMERIC),
      ));

  const head: TableHead = {
    headings,
    layout: (phoneColumn) => ({
      encoding: of.encoding,
      delimiter: of.delimiter,
      sheet: of.sheet,
      headings: headings.map(({ line }) => line),
      names,
      width,
      mayMove: mayMove(phoneColumn),
      phoneColumn,
      countryColumn,
      headingCountry: phoneColumn === 'all' ? null : countryInHeading(names[phoneColumn] ?? ''),
      consentColumns,
      roundedFromZeros: null,
      columns: columns(),
    }),
    async count(more) {
      for (const { cells, malformed } of more) {
        if (malformed) continue;
        const country = countryColumn === null ? '' : (cells[countryColumn] ?? '').trim();
        scores.add(cells, country === '' ? null : readCountry(country));
        if (turns.isOver(cells.length)) await turns.next();
      }
    },
    choose() {
      if (isOneLine(rows, isWhole)) return 'all';
      if (width === 1) return 0;
      return isDoubtful ? null : chooseColumn(candidates());
    },
    columns,
    mayBeAll: () => mayBeAll(names, candidates()),
  };
  await head.count(body);
  return head;
}

function countryColumnOf(
  names: (string | null)[],
  body: Row[],
  { countryColumn }: ReadingChoice,
): number | null | Promise<number | null> {
  if (countryColumn !== undefined) return countryColumn === 'none' ? null : countryColumn;
  return findCountryColumn(
    names,
    body.map(({ cells }) => cells),
  );
}

/** `13800138000, 13800138001, …` on a single line is a list: its cells are not columns. */
function isOneLine(rows: Row[], isWhole: boolean): boolean {
  const [only, ...others] = rows.filter((row) => !row.malformed);
  return (
    isWhole &&
    others.length === 0 &&
    only !== undefined &&
    only.cells.length > 1 &&
    only.cells.every((cell) => cell.trim() === '' || looksLikeNumber(cell))
  );
}
