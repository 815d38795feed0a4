import type { Row } from '../split-records';
import type { NumberFormat } from './number-formats';
import { readXml } from './read-xml';
import type { SharedStrings } from './shared-strings';
import { createSheetRows } from './sheet-rows';

const BLOCK_ROWS = 1_000;

export interface SheetBlock {
  rows: Row[];
  last: boolean;
}

/**
 * The rows of a sheet that are not blank, in blocks of a thousand, with the line as the spreadsheet numbers it. The last
 * block may have fewer rows, or none. Throws `UnreadableSourceError`.
 */
export async function* readSheet(
  pieces: AsyncIterable<Buffer>,
  strings: SharedStrings,
  formats: NumberFormat[],
): AsyncGenerator<SheetBlock> {
  const sheet = createSheetRows(strings, formats);
  let waiting: Row[] = [];
  for await (const _ of readXml(pieces, sheet.handlers)) {
    waiting = waiting.concat(sheet.take());
    while (waiting.length > BLOCK_ROWS) {
      yield { rows: waiting.slice(0, BLOCK_ROWS), last: false };
      waiting = waiting.slice(BLOCK_ROWS);
    }
  }
  yield { rows: waiting, last: true };
}
