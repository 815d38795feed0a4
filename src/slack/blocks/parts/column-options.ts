import type { Column, PhoneColumn } from '../../../recipients/recipient';
import type { Words } from '../../../words/en';
import { type Option, plain } from '../block-kit';
import { plainLine } from '../escape';

/** Slack's limit of options in one select, and of characters in one of them. */
export const MAX_OPTIONS = 100;
const MAX_CHARACTERS = 75;
const MAX_NAME = 30;

/** What a person chooses for the phone numbers of a source: a column, in a workbook of one of its sheets, or all. */
export interface ChosenColumn {
  sheet?: number | undefined;
  phoneColumn: PhoneColumn;
}

/** `all`, `3`, or in a workbook `1:3`: the second sheet's fourth column. */
export const columnValue = ({ sheet, phoneColumn }: ChosenColumn): string =>
  sheet === undefined ? String(phoneColumn) : `${sheet}:${phoneColumn}`;

export function readColumnValue(value: string): ChosenColumn {
  const parts = value.split(':');
  const last = parts.at(-1) ?? '';
  const phoneColumn = last === 'all' ? last : Number(last);
  return parts.length > 1 ? { sheet: Number(parts[0]), phoneColumn } : { phoneColumn };
}

/**
 * The columns of a source with their first values, at most so many; first the choice of every number, where it is one.
 * `kept`: the value of an option that is there in any case.
 */
export function columnOptions(
  words: Words,
  columns: Column[],
  mayBeAll: boolean,
  { most = MAX_OPTIONS, kept }: { most?: number; kept?: string } = {},
): Option[] {
  const all: Option[] = mayBeAll ? [option(words.columns.all, columnValue({ phoneColumn: 'all' }))] : [];
  const sheets = new Set(columns.map(({ sheet }) => sheet?.index));
  const each = columns.map((column) => {
    const label = labelOf(words, column, sheets.size > 1);
    return option(label, columnValue({ sheet: column.sheet?.index, phoneColumn: column.index }));
  });
  return fitOptions([...all, ...each], most, kept);
}

/** At most so many options, the one of the value `kept` among them. */
export function fitOptions(options: Option[], most: number, kept?: string): Option[] {
  const shown = options.slice(0, most);
  const needed = options.slice(most).find(({ value }) => value === kept);
  return needed ? [...shown.slice(0, -1), needed] : shown;
}

/** The name of a column, or its position. */
export function columnName(words: Words, column: Pick<Column, 'name' | 'index'>): string {
  return column.name?.trim() || words.columns.unnamed(column.index + 1);
}

function labelOf(words: Words, column: Column, withSheet: boolean): string {
  const name = plainLine(columnName(words, column), MAX_NAME);
  const full =
    withSheet && column.sheet ? words.columns.inSheet(plainLine(column.sheet.name, MAX_NAME), name) : name;
  return words.columns.option(full, column.samples.filter(Boolean).join(', '));
}

const option = (text: string, value: string): Option => ({
  text: plain(plainLine(text, MAX_CHARACTERS)),
  value,
});
