import type { Counts } from '../../../batches/batch';

const CELLS = 20;

/** `████████▓▓▓░░░░`: delivered, ended otherwise, still open. A part above zero has at least one cell. */
export function deliveryBar(counts: Counts): string {
  const ended = counts.failed + counts.unknown + counts.cancelled;
  return bar([
    { cell: '█', value: counts.delivered },
    { cell: '▓', value: ended },
    { cell: '░', value: counts.total - counts.delivered - ended },
  ]);
}

/** A bar of how much of `total` is done. */
export function progressBar(done: number, total: number): string {
  const reached = Math.min(done, total);
  return bar([
    { cell: '█', value: reached },
    { cell: '░', value: total - reached },
  ]);
}

function bar(parts: { cell: string; value: number }[]): string {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  if (total === 0) return '░'.repeat(CELLS);
  const widths = parts.map((part) =>
    part.value > 0 ? Math.max(1, Math.round((part.value / total) * CELLS)) : 0,
  );
  const surplus = widths.reduce((sum, width) => sum + width, 0) - CELLS;
  const widest = widths.indexOf(Math.max(...widths));
  widths[widest] = (widths[widest] ?? 0) - surplus;
  return parts.map((part, index) => part.cell.repeat(widths[index] ?? 0)).join('');
}
