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

/** Why a row, or one number of it, is rejected. The words for people are in the catalogues of `src/words`. */
export type RejectReason =
  | { code: 'not_a_phone_number' }
  | { code: 'no_number' }
  | { code: 'too_short'; country: CountryCode | null }
  | { code: 'too_long'; country: CountryCode | null }
  | { code: 'not_valid_in_country'; country: CountryCode | null }
  | { code: 'country_missing' }
  /** The cell of the country column names no country. */
  | { code: 'country_unclear' }
  /** It is valid only as a number of another country, and nothing but its length says so. */
  | { code: 'foreign_without_plus'; country: CountryCode | null }
  | { code: 'landline' }
  | { code: 'not_a_mobile' }
  | { code: 'damaged_by_spreadsheet' }
  /** The cell has several numbers and something else. */
  | { code: 'several_numbers' }
  /** The row has more or fewer cells than the header, so that nobody knows which cell is the number. */
  | { code: 'other_width' }
  /** A column about consent says that this person wants no messages. */
  | { code: 'no_consent' }
  /** The row is hidden in the workbook. */
  | { code: 'hidden_row' }
  | { code: 'duplicate'; of: RowRef }
  /** The cell with the number is longer than a cell may be. */
  | { code: 'cell_too_long' }
  | { code: 'unreadable_row' };

export interface RejectedRow extends RowRef {
  /** The original cell, at most 200 characters. Personal data: mask it in logs. */
  raw: string;
  reason: RejectReason;
}

/** A sheet of a workbook; counted from 0. */
export interface Sheet {
  index: number;
  name: string;
}

/** A column of a source, as shown to a person who may choose it. */
export interface Column {
  /** Null where the source is no workbook. */
  sheet: Sheet | null;
  index: number;
  /** The header's cell, or null in a source without header. */
  name: string | null;
  /** The first few values that are not blank. */
  samples: string[];
}

/** A column counted from 0, or every cell of each row: a list without columns. */
export type PhoneColumn = number | 'all';

/** What a person has decided about the reading of a source. What is left out is decided by the reader. */
export interface ReadingChoice {
  /** Counted from 0. */
  sheet?: number | undefined;
  phoneColumn?: PhoneColumn | undefined;
  countryColumn?: number | 'none' | undefined;
  /** Rows that say no in a column about consent. Left out unless true; the same holds for the following. */
  includeNoConsent?: boolean | undefined;
  /** Numbers that are valid only as those of another country, though neither a `+` nor a column says so. */
  includeForeign?: boolean | undefined;
  /** Rows that are hidden in the workbook. */
  includeHidden?: boolean | undefined;
}

export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1256',
  'koi8-r',
  'macintosh',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [',', ';', '\t', '|', '，', '；'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How a source is read. */
export interface Layout {
  /** Null in a workbook; the same holds for the delimiter. */
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  sheet: Sheet | null;
  /** The lines of the rows taken for headings: titles, and the header with the names of the columns. */
  headings: number[];
  /** All cells of the header; null where a column has no name. */
  names: (string | null)[];
  /** How many cells a row has. */
  width: number;
  /** Whether a number of another column may be under the phones where a row has more or fewer cells. */
  mayMove: boolean;
  phoneColumn: PhoneColumn;
  /** The column with the country of each number; null where there is none. */
  countryColumn: number | null;
  /** The country in the heading of the phone column, as in `Mobile (+44)`. */
  headingCountry: CountryCode | null;
  /** The columns that tell who wants messages. */
  consentColumns: number[];
  /** A bare number that ends in this many zeros was rounded by a spreadsheet; null where none was. */
  roundedFromZeros: number | null;
  /** The columns that a person may choose from, the chosen one among them. */
  columns: Column[];
}

/** What a source holds, and what a person should know of its reading. */
export interface Findings {
  /** Rows that are not blank, headings included. */
  rows: number;
  headings: number;
  /** Each row that is no heading gives at least one. Accepted and rejected ones add up to it. */
  entries: number;
  /** Cells with characters that the encoding does not have. */
  unreadableCells: number;
  /** Numbers with `+` of another country than the country column says. They are sent to. */
  contradicted: number;
  /** Rows that say no in a column about consent. */
  noConsent: number;
  /** Numbers of other countries that no `+`, column or default country explains, most frequent first. */
  foreign: { country: CountryCode | null; count: number }[];
  hiddenRows: number;
  /** Rows whose number is the result of a formula. */
  formulas: number;
}

/**
 * Why a whole source cannot be read. `spreadsheet`: a workbook of another kind than xlsx (xls, ods, numbers);
 * `damaged_workbook`: an xlsx that is incomplete or has a password; `workbook_too_large`: unpacked it is beyond our bounds;
 * `web_page` and `contact_cards`: HTML and vCards under the name of a list; `not_a_table`: too many rows have an unclosed
 * quote or a line that is too long; the last three: it passes a bound of bounds.ts.
 */
export type UnreadableReason =
  | 'empty'
  | 'no_rows'
  | 'spreadsheet'
  | 'damaged_workbook'
  | 'workbook_too_large'
  | 'web_page'
  | 'contact_cards'
  | 'binary'
  | 'not_a_table'
  | 'too_many_columns'
  | 'header_too_long'
  | 'too_many_cells';

/** Where a list passes one of its bounds (bounds.ts): the line as in `RowRef`, and how much is there. */
export interface BeyondBound {
  line: number;
  count: number;
}

/**
 * The events of reading a source, in this order: `layout` once, then `rows` any number of times, then `end`.
 * `column_in_doubt` is the last event: a person must choose the column, then the source is read again. It comes instead of
 * `layout`, or after rows that made the choice doubtful. `refuted` is the last event too: the rows proved the layout wrong,
 * and the source must be read again with this one. So is `unreadable`, which may come after some rows.
 */
export type ReadEvent =
  | { kind: 'layout'; layout: Layout }
  | { kind: 'rows'; accepted: AcceptedRecipient[]; rejected: RejectedRow[]; bytesRead: number }
  | { kind: 'end'; layout: Layout; findings: Findings }
  | { kind: 'column_in_doubt'; columns: Column[]; mayBeAll: boolean }
  | { kind: 'refuted'; layout: Layout }
  | { kind: 'unreadable'; reason: UnreadableReason; beyond?: BeyondBound | undefined };
