import type { NumberSet } from './number-set';
import { readNumber } from './read-number';
import type { AcceptedRecipient, CountryCode, RejectedRecipient, RejectReason } from './recipient';
import type { Row } from './split-records';

const MAX_RAW_CHARACTERS = 200;

export interface SortOptions {
  source: number;
  defaultCountry?: CountryCode | undefined;
  /** Numbers of all sources of the batch: the first wins, wherever it stood. */
  seen: NumberSet;
}

export interface SortedRows {
  accepted: AcceptedRecipient[];
  rejected: RejectedRecipient[];
}

/** Each row becomes a recipient or a refusal with its reason. */
export function sortRows(rows: Row[], phoneColumn: number, options: SortOptions): SortedRows {
  const sorted: SortedRows = { accepted: [], rejected: [] };
  for (const row of rows) {
    const place = { source: options.source, line: row.line };
    const raw = (row.torn ? row.cells[0] : row.cells[phoneColumn]) ?? '';
    const refuse = (reason: RejectReason) =>
      sorted.rejected.push({ ...place, raw: raw.slice(0, MAX_RAW_CHARACTERS), reason });

    if (row.torn) {
      refuse({ code: 'unreadable_row' });
      continue;
    }
    const reading = readNumber(raw, options.defaultCountry);
    if (reading.kind === 'rejected') {
      refuse(reading.reason);
      continue;
    }
    const firstPlace = options.seen.addOrFind(reading.number, place);
    if (firstPlace) refuse({ code: 'duplicate', of: firstPlace });
    else sorted.accepted.push({ ...place, number: reading.number, country: reading.country });
  }
  return sorted;
}
