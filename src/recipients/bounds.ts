/**
 * How much of a list is read. Nobody's list is near these bounds, and what is beyond them is no list: a file may hold
 * anything, so that memory and work have a bound whatever it holds. docs/OPERATIONS.md says what the person reads.
 */

/** A list has a few dozen columns; a spreadsheet has 16,384, each of which costs work in every row. */
export const MAX_COLUMNS = 500;
/** Of the cells of one header together: 500 names of 130 characters. */
export const MAX_HEADER_CHARACTERS = 64 * 1024;
/** More of a cell is no number and no name. What is longer is cut before anything looks into it. */
export const MAX_CELL_CHARACTERS = 8 * 1024;
/** Rows × columns of one list: a million rows of a hundred columns. */
export const MAX_CELLS = 100_000_000;
/**
 * Rows above a header: titles, dates, empty cells of merged headings. Up to there a row with too many columns refuses the
 * whole list, since it may be the header.
 */
export const MAX_ROWS_ABOVE_HEADER = 10;

/** One row of a text file, twice what a spreadsheet holds in one cell. A quote that is not closed ends here. */
export const MAX_RECORD_CHARACTERS = 64 * 1024;
/** Line breaks inside the quotes of one row. */
export const MAX_LINES_IN_RECORD = 100;
/** For each row whose quotes do not match, the text behind it is parsed again. */
export const MAX_MALFORMED_RECORDS = 100;

/** By the reason for which a whole list is refused. */
export const BOUND_OF = {
  too_many_columns: MAX_COLUMNS,
  header_too_long: MAX_HEADER_CHARACTERS,
  too_many_cells: MAX_CELLS,
};

// The following are of a workbook (.xlsx).

const MIB = 1024 * 1024;

/** A zip is read from its end, so the file is kept in memory as it is. */
export const MAX_WORKBOOK_BYTES = 100 * MIB;
/** Of all entries together: a small zip may unpack to anything. */
export const MAX_UNPACKED_BYTES = 200 * MIB;
/** Of the list of sheets, and of each list of relations. Excel's have a few KiB. */
export const MAX_PART_BYTES = 4 * MIB;
/** 65,536 formats of 200 bytes each. */
export const MAX_STYLES_BYTES = 16 * MIB;
/** Entries of the zip. */
export const MAX_ENTRIES = 1_000;
/** A zip of ours has a thousand entries at most. */
export const MAX_RELATIONS = 1_000;
export const MAX_SHEETS = 1_000;
/** As many as Excel allows for in one workbook. */
export const MAX_FORMATS = 65_536;
/** Shared texts. Beyond it even empty ones take too much memory. */
export const MAX_STRINGS = 5_000_000;
/** Of the shared texts that are kept, in UTF-8: a million rows with three texts of their own. */
export const MAX_STRING_BYTES = 64 * MIB;
export const MAX_XML_DEPTH = 64;
/** The XML parser keeps in memory what stands between two tags, and a tag with its attributes. No cell has as much. */
export const MAX_CHARACTERS_BETWEEN_TAGS = MIB;
