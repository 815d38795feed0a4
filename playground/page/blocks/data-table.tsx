import { useState } from 'react';
import type { SlackBlock } from '../api/wire';
import { useWords } from '../words/use-words';
import { DisplayBlock } from './display-block';

type Block = Extract<SlackBlock, { type: 'data_table' }>;
type Cell = Block['rows'][number][number];

/** A table in pages, which the library cannot draw. The first row is its head. */
// biome-ignore-start lint/suspicious/noArrayIndexKey: rows and cells have no ids, only positions.
export function DataTable({ block }: { block: Block }) {
  const { table } = useWords();
  const [page, setPage] = useState(0);
  const [head = [], ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const from = Math.min(page, pages - 1) * size;
  return (
    <div className="data-table">
      <table>
        <caption>{block.caption}</caption>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col">
                <CellContent cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(from, from + size).map((row, index) => (
            <tr key={from + index}>
              {row.map((cell, column) => (
                <td key={column} className={cell.type}>
                  <CellContent cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <p className="table-pages">
          <button
            type="button"
            aria-label={table.previous}
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          >
            ‹
          </button>
          {page + 1} / {pages} · {table.count(String(rows.length))}
          <button
            type="button"
            aria-label={table.next}
            disabled={page >= pages - 1}
            onClick={() => setPage(page + 1)}
          >
            ›
          </button>
        </p>
      )}
    </div>
  );
}
// biome-ignore-end lint/suspicious/noArrayIndexKey: see above.

function CellContent({ cell }: { cell: Cell }) {
  if (cell.type === 'rich_text') return <DisplayBlock block={cell} />;
  return cell.text;
}
