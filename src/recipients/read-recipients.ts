import { boundHeader } from './bound-rows';
import { layOutTable, type TableHead } from './columns/lay-out-table';
import type { Row } from './files/split-records';
import { UnreadableSourceError } from './files/unreadable-source';
import { openTable, type TableBlock } from './open-table';
import type { Column, Layout, PhoneColumn, ReadEvent } from './recipient';
import { createRowValidator, type RowValidator, type ValidationOptions } from './validate-rows';

export interface ReadOptions extends ValidationOptions {
  /** From the `refuted` event of an earlier reading. */
  decided?: Layout | null | undefined;
}

/**
 * Reads a delimited text file or a workbook of any size: numbers in E.164, and a reason for each rejected entry. Yields
 * one `rows` event per block. The first block suggests how the table is to be read; every row is counted, and the last
 * event says whether all of them agree. Apart from `seen`, memory does not grow with a text file. Between blocks it lets
 * other work run, so that a long list delays nobody.
 */
export async function* readRecipients(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<ReadEvent> {
  try {
    const table = await openTable(bytes, options);
    if (table.kind === 'sheet_in_doubt') {
      yield { kind: 'column_in_doubt', columns: table.columns, mayBeAll: false };
      return;
    }
    try {
      yield* readTable(table.blocks, options, table.otherColumns);
    } finally {
      table.close();
    }
  } catch (error) {
    if (!(error instanceof UnreadableSourceError)) throw error;
    yield { kind: 'unreadable', reason: error.code, beyond: error.beyond };
  }
}

interface Reading {
  head: TableHead;
  /** Null while the column is in doubt: then the rows are only counted. */
  phoneColumn: PhoneColumn | null;
  validator: RowValidator | null;
  layout: Layout | null;
  rows: number;
  unreadableCells: number;
}

async function* readTable(
  blocks: AsyncIterable<TableBlock>,
  options: ReadOptions,
  otherColumns: Column[],
): AsyncGenerator<ReadEvent> {
  let reading: Reading | null = null;
  for await (const block of blocks) {
    let { rows } = block;
    if (!reading) {
      reading = await begin(block, options);
      if (reading.layout) yield { kind: 'layout', layout: reading.layout };
      const { headings } = reading.head;
      rows = rows.filter((row) => !headings.includes(row));
    } else if (isCounted(reading, options)) {
      await reading.head.count(rows);
    }
    reading.rows += block.rows.length;
    if (block.hasUnreadable) reading.unreadableCells += countUnreadable(rows);
    if (!reading.validator) continue;
    yield { kind: 'rows', ...(await reading.validator.validate(rows)), bytesRead: block.bytesRead };
  }
  if (!reading || reading.rows === reading.head.headings.length) throw new UnreadableSourceError('no_rows');
  yield end(reading, options, otherColumns);
}

async function begin(block: TableBlock, options: ReadOptions): Promise<Reading> {
  const { choice, decided } = options;
  const head = await layOutTable(block.rows, block, block.last, options);
  boundHeader(head.headings.at(-1));
  const phoneColumn = decided?.phoneColumn ?? choice.phoneColumn ?? head.choose();
  const counted = { head, phoneColumn, rows: 0, unreadableCells: 0 };
  if (phoneColumn === null) return { ...counted, layout: null, validator: null };
  const layout = decided ?? head.layout(phoneColumn);
  return { ...counted, layout, validator: createRowValidator(layout, options) };
}

/** Whether the layout still has to be proved by all rows: an earlier reading has not, and there are other columns. */
function isCounted({ phoneColumn, layout }: Reading, { decided }: ReadOptions): boolean {
  if (decided) return false;
  return phoneColumn === null || (phoneColumn !== 'all' && (layout?.width ?? 0) > 1);
}

/** What all rows say of the layout that the first ones suggested. */
function end(reading: Reading, options: ReadOptions, otherColumns: Column[]): ReadEvent {
  const { head, phoneColumn, layout, validator } = reading;
  const isProved = !isCounted(reading, options);
  const chosen = isProved ? phoneColumn : (options.choice.phoneColumn ?? head.choose());
  if (chosen === null) {
    return {
      kind: 'column_in_doubt',
      columns: [...head.columns(), ...otherColumns],
      mayBeAll: head.mayBeAll(),
    };
  }
  if (!layout || !validator || chosen !== phoneColumn) {
    return { kind: 'refuted', layout: head.layout(chosen) };
  }
  const { mayMove } = isProved ? layout : head.layout(chosen);
  const known = { ...layout, mayMove, roundedFromZeros: validator.roundedFromZeros() };
  const isMoved = mayMove && !layout.mayMove && validator.readByPosition();
  const isRounded = known.roundedFromZeros !== layout.roundedFromZeros;
  if (isMoved || isRounded || validator.contradictsConsent()) return { kind: 'refuted', layout: known };
  const headings = head.headings.length;
  const { unreadableCells } = reading;
  const found = validator.findings();
  const columns = isProved ? layout.columns : head.columns();
  return {
    kind: 'end',
    layout: { ...layout, columns: [...columns, ...otherColumns] },
    findings: { ...found, rows: found.rows + headings, headings, unreadableCells },
  };
}

function countUnreadable(rows: Row[]): number {
  let count = 0;
  for (const { cells } of rows) for (const cell of cells) if (cell.includes('\ufffd')) count += 1;
  return count;
}
