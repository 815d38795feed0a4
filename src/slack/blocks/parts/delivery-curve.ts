import type { BatchInsights } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import type { DataVisualizationBlock } from '../block-kit';
import { clip } from '../escape';

const MS_PER_SECOND = 1000;

/** Outcomes over time as Slack's native line chart; null with fewer than two points. */
export function deliveryCurve(words: Words, { curve }: BatchInsights): DataVisualizationBlock | null {
  if (curve.length < 2) return null;
  const unit = unitFor(curve.at(-1)?.afterMs ?? 0);
  const labels = curve.map(({ afterMs }) => FORMATS[unit](Math.round(afterMs / MS_PER_SECOND)));
  const series = (['delivered', 'failed'] as const).map((name) => ({
    name: clip(words.counts[name], 20),
    data: curve.map((point, index) => ({ label: labels[index] as string, value: point[name] })),
  }));
  const axis = { categories: labels, x_label: clip(words.statusMessage.curveTime[unit], 50) };
  return {
    type: 'data_visualization',
    title: clip(words.statusMessage.curve, 50),
    chart: { type: 'line', series, axis_config: axis },
  };
}

type Unit = 'minutes' | 'hours' | 'days';

/** Short, since the labels are side by side. The axis names the unit. */
const FORMATS: Record<Unit, (seconds: number) => string> = {
  minutes: (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
  hours: (seconds) => FORMATS.minutes(Math.round(seconds / 60)),
  days: (seconds) => (seconds / 86_400).toFixed(1),
};

function unitFor(ms: number): Unit {
  const hours = ms / 3_600_000;
  if (hours < 1) return 'minutes';
  return hours < 48 ? 'hours' : 'days';
}
