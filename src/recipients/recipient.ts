import type { CountryCode } from 'libphonenumber-js/max';

export type { CountryCode };

/**
 * Refers to a row: the batch's source (0, 1, …) and the line as a spreadsheet numbers it, from 1. The header and blank
 * rows count, Excel's `sep=;` line does not, and a row with a line break inside quotes is one row.
 */
export interface RowRef {
  source: number;
  line: number;
}

export interface AcceptedRecipient extends RowRef {
  /** E.164, with `+`. */
  number: string;
  country: CountryCode | null;
}

/** Why a row is rejected. The words for people are in the catalogues of `src/words`. */
export type RejectReason =
  | { code: 'not_a_phone_number' }
  | { code: 'no_number' }
  | { code: 'too_short'; country: CountryCode | null }
  | { code: 'too_long'; country: CountryCode | null }
  | { code: 'not_valid_in_country'; country: CountryCode | null }
  | { code: 'country_missing' }
  | { code: 'landline' }
  | { code: 'not_a_mobile' }
  | { code: 'damaged_by_spreadsheet' }
  | { code: 'duplicate'; of: RowRef }
  | { code: 'unreadable_row' };

export interface RejectedRow extends RowRef {
  /** The original cell, at most 200 characters. Personal data: mask it in logs. */
  raw: string;
  reason: RejectReason;
}

/** A column of an uploaded file, as shown to a person who must choose the one with the numbers. */
export interface Column {
  index: number;
  /** The header's cell, or null in a file without header. */
  name: string | null;
  /** The first few values. */
  samples: string[];
}

/** How a file is to be read. */
export interface Layout {
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  delimiter: ',' | ';' | '\t';
  hasHeader: boolean;
  phoneColumn: number;
  columns: Column[];
}

/**
 * Why a whole source cannot be read. `spreadsheet`: a workbook (xlsx, xls, ods, numbers) rather than CSV;
 * `not_a_table`: too many rows have an unclosed quote or a line that is too long.
 */
export type UnreadableReason = 'empty' | 'no_rows' | 'spreadsheet' | 'binary' | 'not_a_table';

/**
 * The events of reading a source, in this order: `layout` once, then `rows` any number of times. `column_in_doubt`
 * comes instead of both and is the last event: a person must choose the column, then the source is read again.
 * `unreadable` is the last event too, and may come after some rows.
 */
export type ReadEvent =
  | { kind: 'layout'; layout: Layout }
  | { kind: 'rows'; accepted: AcceptedRecipient[]; rejected: RejectedRow[]; bytesRead: number }
  | { kind: 'column_in_doubt'; columns: Column[] }
  | { kind: 'unreadable'; reason: UnreadableReason };
