import { formatTable } from './format-table';

/** A list that is longer helps nobody: of one workspace, or of all where a list has none, as many are shown at most. */
export const MOST_SHOWN = 200;

/** Prints the rows as a table, or `none` where there is no row. */
export function printList(
  print: (line: string) => void,
  none: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  if (rows.length === 0) print(none);
  else for (const line of formatTable(headings, rows)) print(line);
}
