import type { Counts } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import type { DataVisualizationBlock } from '../block-kit';
import { clip } from '../escape';

const SLICES = ['delivered', 'sending', 'failed', 'unknown', 'waiting', 'cancelled'] as const;

/** Slack's native pie chart of a batch; null if all counts are zero. Slack refuses a slice of zero. */
export function deliveryChart(words: Words, counts: Counts): DataVisualizationBlock | null {
  const segments = SLICES.filter((slice) => counts[slice] > 0).map((slice) => ({
    label: clip(words.counts[slice], 20),
    value: counts[slice],
  }));
  if (segments.length === 0) return null;
  return {
    type: 'data_visualization',
    title: clip(words.statusMessage.chart, 50),
    chart: { type: 'pie', segments },
  };
}
