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
  /** The numbers of all sources of the batch so far: a later row with the same number is a duplicate. */
  seen: NumberSet;
}

interface ValidatedRows {
  accepted: AcceptedRecipient[];
  rejected: RejectedRow[];
}

/** Turns each row into an accepted recipient or a rejected one with its reason. */
export function validateRows(rows: Row[], phoneColumn: number, options: ValidationOptions): ValidatedRows {
  const validated: ValidatedRows = { accepted: [], rejected: [] };
  for (const row of rows) {
    const ref = { source: options.source, line: row.line };
    const isUnreadable = row.malformed || isMissingTheColumn(row, phoneColumn);
    const raw = isUnreadable ? row.cells.join(' ') : (row.cells[phoneColumn] ?? '');
    const reading = isUnreadable ? UNREADABLE : readUnseen(raw, ref, options);
    if (reading.kind === 'accepted') {
      validated.accepted.push({ ...ref, number: reading.number, country: reading.country });
    } else {
      validated.rejected.push({ ...ref, raw: raw.slice(0, MAX_RAW_CHARACTERS), reason: reading.reason });
    }
  }
  return validated;
}

/** Whether the row is too short to have the column but may contain a number, for example with another delimiter. */
function isMissingTheColumn({ cells }: Row, phoneColumn: number): boolean {
  return cells.length <= phoneColumn && cells.some(mayHoldNumber);
}

/** Rejects a number that an earlier row has. */
function readUnseen(raw: string, ref: RowRef, { defaultCountry, seen }: ValidationOptions): NumberReading {
  const reading = readNumber(raw, defaultCountry);
  if (reading.kind === 'rejected') return reading;
  const first = seen.addOrFind(reading.number, ref);
  return first ? { kind: 'rejected', reason: { code: 'duplicate', of: first } } : reading;
}
