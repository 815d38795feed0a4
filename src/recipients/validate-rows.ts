import { refuses } from './columns/consent-answers';
import { type ConsentMeaning, consentMeaning } from './columns/consent-words';
import { readCountry } from './columns/country-names';
import { isContradicted } from './columns/find-country-column';
import { fits } from './columns/row-width';
import type { Row } from './files/split-records';
import type { NumberSet } from './numbers/number-set';
import { type CellEntry, readCell } from './numbers/read-cell';
import type { NumberReading } from './numbers/read-number';
import { createRoundNumberCount, isRounded } from './numbers/round-numbers';
import type {
  AcceptedRecipient,
  CountryCode,
  Findings,
  Layout,
  ReadingChoice,
  RejectedRow,
  RejectReason,
  RowRef,
} from './recipient';
import { createTurns } from './take-turns';

const MAX_RAW_CHARACTERS = 200;

export interface ValidationOptions {
  source: number;
  defaultCountry?: CountryCode | undefined;
  choice: ReadingChoice;
  /** The numbers of all sources of the batch so far: a later row with the same number is a duplicate. */
  seen: NumberSet;
  /** The numbers of rows that say no to messages: other rows with the same number are left out, too. */
  noConsent: NumberSet;
}

interface ValidatedRows {
  accepted: AcceptedRecipient[];
  rejected: RejectedRow[];
}

export interface RowValidator {
  /**
   * Turns each row into recipients and rejected entries with their reasons: at least one of them a row. Others run
   * meanwhile; the next rows come when these are done.
   */
  validate(rows: Row[]): Promise<ValidatedRows>;
  /** What was found so far, without what the validator does not see: headings and unreadable cells. */
  findings(): Omit<Findings, 'headings' | 'unreadableCells'>;
  /** What the numbers so far say of `Layout.roundedFromZeros`. */
  roundedFromZeros(): number | null;
  /** Whether somebody was accepted before another row with the same number said no. */
  contradictsConsent(): boolean;
  /** Whether a row of another width was read because nothing in it seemed to be moved. */
  readByPosition(): boolean;
}

export function createRowValidator(layout: Layout, options: ValidationOptions): RowValidator {
  const { choice, seen, noConsent, source } = options;
  const { phoneColumn, countryColumn, roundedFromZeros } = layout;
  const isList = phoneColumn === 'all' || layout.width === 1;
  const tableCountry = layout.headingCountry ?? undefined;
  const consents = consentColumnsOf(layout);
  const rounds = createRoundNumberCount();
  const foreign = new Map<CountryCode | null, number>();
  const found = { rows: 0, entries: 0, contradicted: 0, noConsent: 0, hiddenRows: 0, formulas: 0 };
  const turns = createTurns();
  let contradictsConsent = false;
  let readByPosition = false;
  let block: ValidatedRows = { accepted: [], rejected: [] };

  /** Why all numbers of a row are left out, if they are; null for a row that is left out as a whole. */
  function openRow(row: Row): RowOutcome | null {
    found.rows += 1;
    const fault = faultOf(row);
    if (fault) {
      rejectWhole(row.line, row.cells.join(' '), fault);
      return null;
    }
    if (phoneColumn !== 'all' && row.formulaColumns?.includes(phoneColumn)) found.formulas += 1;
    const saysNo = consents.some((column) => refusesIn(column, row.cells[column.index] ?? ''));
    if (saysNo) found.noConsent += 1;
    return {
      saysNo: saysNo && !choice.includeNoConsent,
      isHidden: row.hidden === true && !choice.includeHidden,
    };
  }

  async function addList(row: Row, outcome: RowOutcome): Promise<void> {
    for (const [column, cell] of row.cells.entries()) {
      if (cell.trim() === '') continue;
      addCell(row, column, outcome);
      if (turns.isOver(1)) await turns.next();
    }
  }

  function faultOf(row: Row): RejectReason | null {
    if (row.hidden) found.hiddenRows += 1;
    if (row.malformed) return { code: 'unreadable_row' };
    if (!fits(row, layout)) return { code: 'other_width' };
    if (row.cells.length !== layout.width) readByPosition = true;
    return null;
  }

  function addCell(row: Row, column: number, { saysNo, isHidden }: RowOutcome): void {
    const cell = row.cells[column] ?? '';
    if (row.cutColumns?.includes(column)) {
      rejectWhole(row.line, cell, { code: 'cell_too_long' });
      return;
    }
    if (roundedFromZeros === null) rounds.add(cell);
    else if (isRounded(cell, roundedFromZeros)) {
      rejectWhole(row.line, cell, { code: 'damaged_by_spreadsheet' });
      return;
    }
    const countryCell = countryColumn === null ? '' : (row.cells[countryColumn] ?? '').trim();
    const country = countryCell === '' ? null : readCountry(countryCell);
    const own = country ?? (countryCell === '' ? tableCountry : undefined);
    const isUnclear = countryCell !== '' && country === null;
    const entries = readCell(cell, own ?? options.defaultCountry);
    found.entries += entries.length;
    for (const entry of entries) {
      const reading = judge(entry, own ?? null, isUnclear);
      if (saysNo) refuse(row.line, entry, reading);
      else if (isHidden) reject(row.line, entry.raw, { code: 'hidden_row' });
      else if (reading.kind === 'rejected') reject(row.line, entry.raw, reading.reason);
      else accept(row.line, entry.raw, reading);
    }
  }

  /** `own`: the country that the row or the heading says. A number with `+` is read as written, whatever they say. */
  function judge({ reading }: CellEntry, own: CountryCode | null, isUnclear: boolean): NumberReading {
    if (reading.kind === 'rejected') {
      return isUnclear && 'country' in reading.reason ? withReason({ code: 'country_unclear' }) : reading;
    }
    if (reading.origin === 'international') {
      if (own && isContradicted(reading.country, own)) found.contradicted += 1;
      return reading;
    }
    if (isUnclear) return withReason({ code: 'country_unclear' });
    if (reading.origin === 'national') return reading;
    if (own) return withReason({ code: 'not_valid_in_country', country: own });
    foreign.set(reading.country, (foreign.get(reading.country) ?? 0) + 1);
    if (choice.includeForeign) return reading;
    return withReason({ code: 'foreign_without_plus', country: reading.country });
  }

  function accept(line: number, raw: string, { number, country }: Accepted): void {
    if (noConsent.size > 0 && noConsent.has(number)) {
      reject(line, raw, { code: 'no_consent' });
      return;
    }
    const ref: RowRef = { source, line };
    const first = seen.addOrFind(number, ref);
    if (first) reject(line, raw, { code: 'duplicate', of: first });
    else block.accepted.push({ source, line, number, country });
  }

  /** Somebody says no: they are left out wherever else on the list their number is. */
  function refuse(line: number, { raw }: CellEntry, reading: NumberReading): void {
    if (reading.kind === 'accepted') {
      const isNew = noConsent.addOrFind(reading.number, { source, line }) === null;
      if (isNew && seen.has(reading.number)) contradictsConsent = true;
    }
    reject(line, raw, { code: 'no_consent' });
  }

  function rejectWhole(line: number, raw: string, reason: RejectReason): void {
    found.entries += 1;
    reject(line, raw, reason);
  }

  function reject(line: number, raw: string, reason: RejectReason): void {
    block.rejected.push({ source, line, raw: raw.slice(0, MAX_RAW_CHARACTERS), reason });
  }

  return {
    async validate(rows) {
      block = { accepted: [], rejected: [] };
      for (const row of rows) {
        if (turns.isOver(1)) await turns.next();
        const outcome = openRow(row);
        if (outcome && isList) await addList(row, outcome);
        else if (outcome) addCell(row, phoneColumn as number, outcome);
      }
      return block;
    },
    findings: () => ({
      ...found,
      foreign: [...foreign].map(([country, count]) => ({ country, count })).sort((a, b) => b.count - a.count),
    }),
    roundedFromZeros: () => roundedFromZeros ?? rounds.roundedFromZeros(found.rows),
    contradictsConsent: () => contradictsConsent,
    readByPosition: () => readByPosition,
  };
}

interface RowOutcome {
  saysNo: boolean;
  isHidden: boolean;
}

type Accepted = Extract<NumberReading, { kind: 'accepted' }>;

const withReason = (reason: RejectReason): NumberReading => ({ kind: 'rejected', reason });

interface ConsentColumn {
  index: number;
  name: string;
  meaning: ConsentMeaning;
}

function consentColumnsOf({ consentColumns, names }: Layout): ConsentColumn[] {
  return consentColumns.map((index) => {
    const name = names[index] ?? '';
    return { index, name, meaning: consentMeaning(name) ?? 'consent' };
  });
}

/** A row that may be the header holds the name of the column, which is no answer. */
function refusesIn({ name, meaning }: ConsentColumn, cell: string): boolean {
  return refuses(meaning, cell) && cell.trim() !== name;
}
