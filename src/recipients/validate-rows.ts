import { mayHoldNumber } from './clean-cell';
import type { NumberSet } from './number-set';
import { type NumberReading, readNumber } from './read-number';
import type { AcceptedRecipient, CountryCode, RejectedRow, RowRef } from './recipient';
import type { Row } from './split-records';

const MAX_RAW_CHARACTERS = 200;
const UNREADABLE: NumberReading = { kind: 'rejected', reason: { code: 'unreadable_row' } };

export interface ValidationOptions {
  source: number;
  defaultCountry?: CountryCode | undefined;
  /** Numbers of all sources of the batch: the first wins, wherever it stood. */
  seen: NumberSet;
}

export interface ValidatedRows {
  accepted: AcceptedRecipient[];
  rejected: RejectedRow[];
}

/** Each row becomes a recipient or a refusal with its reason. */
export function validateRows(rows: Row[], phoneColumn: number, options: ValidationOptions): ValidatedRows {
  const sorted: ValidatedRows = { accepted: [], rejected: [] };
  for (const row of rows) {
    const place = { source: options.source, line: row.line };
    const isShapeless = row.malformed || isOfAnotherShape(row, phoneColumn);
    const raw = isShapeless ? row.cells.join(' ') : (row.cells[phoneColumn] ?? '');
    const reading = isShapeless ? UNREADABLE : readOnce(raw, place, options);
    if (reading.kind === 'accepted') {
      sorted.accepted.push({ ...place, number: reading.number, country: reading.country });
    } else {
      sorted.rejected.push({ ...place, raw: raw.slice(0, MAX_RAW_CHARACTERS), reason: reading.reason });
    }
  }
  return sorted;
}

/** Too short to have the column, but not without a number: written with another delimiter, say. */
function isOfAnotherShape({ cells }: Row, phoneColumn: number): boolean {
  return cells.length <= phoneColumn && cells.some(mayHoldNumber);
}

function readOnce(raw: string, place: RowRef, { defaultCountry, seen }: ValidationOptions): NumberReading {
  const reading = readNumber(raw, defaultCountry);
  if (reading.kind === 'rejected') return reading;
  const firstPlace = seen.addOrFind(reading.number, place);
  return firstPlace ? { kind: 'rejected', reason: { code: 'duplicate', of: firstPlace } } : reading;
}
