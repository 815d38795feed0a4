import type { CountryCode } from 'libphonenumber-js/max';

export type { CountryCode };

/**
 * Where a row stood: which of the batch's sources (0, 1, …) and its line as a spreadsheet numbers it, from 1.
 * The header and blank rows count, Excel's `sep=;` does not, and a row with a line break inside quotes is one row.
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

/** Why a row is left out. The words for a person are in the catalogue of `slack/words`. */
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
  /** The cell as it stood, at most 200 characters. Personal data: masked in logs. */
  raw: string;
  reason: RejectReason;
}

/** A column of an uploaded file, as shown to a person who must say which holds the numbers. */
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
 * `not_a_table`: too many rows are torn by quotes that never close or by lines without end.
 */
export type UnreadableReason = 'empty' | 'no_rows' | 'spreadsheet' | 'binary' | 'not_a_table';

/**
 * What reading a source tells, in this order: `layout` once, then `rows` any number of times. `column_in_doubt`
 * comes instead of both and is the end: ask a person and read again. `unreadable` is the end too, and may come
 * after some rows.
 */
export type ReadEvent =
  | { kind: 'layout'; layout: Layout }
  | { kind: 'rows'; accepted: AcceptedRecipient[]; rejected: RejectedRow[]; bytesRead: number }
  | { kind: 'column_in_doubt'; columns: Column[] }
  | { kind: 'unreadable'; reason: UnreadableReason };
