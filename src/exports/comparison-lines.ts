import type { Difference } from '../batches/reconciling/compare-records';
import type { Words } from '../words/en';
import { type CsvTable, csvLine, numberCell, textCell } from './csv';

/** The differences between the provider's records and ours, a line each. */
export function comparisonTable(words: Words, differences: AsyncIterable<Difference[]>): CsvTable {
  const headLine = csvLine(Object.values(words.comparison.columns).map(textCell));
  return { headLine, blocks: linesOf(words, differences) };
}

async function* linesOf(words: Words, blocks: AsyncIterable<Difference[]>): AsyncGenerator<string[]> {
  const { kinds, theirs } = words.comparison;
  for await (const block of blocks) {
    yield block.map((one) =>
      csvLine([
        textCell(kinds[one.kind]),
        numberCell(one.number),
        textCell(one.batchId),
        textCell(one.ours && words.recipientStatus[one.ours]),
        textCell(one.theirs && theirs[one.theirs]),
        textCell(one.messageId),
      ]),
    );
  }
}
