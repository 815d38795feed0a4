import type { BatchSummary } from '../../../batches/batch';
import type { BatchInsights } from '../../../batches/views/get-batch-insights';
import type { Words } from '../../../words/en';
import type { DataVisualizationBlock } from '../block-kit';
import { clip } from '../escape';
import { reasonLines } from './explain-reason';

const COUNTRIES_SHOWN = 5;
const MS_PER_SECOND = 1000;

/** Rate and time left, countries where there are several, and why messages failed: a line each. mrkdwn. */
export function insightLines(words: Words, summary: BatchSummary, insights: BatchInsights): string[] {
  const lines = [
    paceLine(words, summary, insights),
    countriesLine(words, insights),
    whyFailed(words, summary),
  ];
  return lines.filter((line) => line !== null);
}

function paceLine(words: Words, { counts }: BatchSummary, { pace }: BatchInsights): string | null {
  if (pace <= 0 || counts.waiting === 0) return null;
  const left = words.format.duration((counts.waiting / pace) * MS_PER_SECOND);
  return words.statusMessage.pace(Math.max(1, Math.round(pace)), left);
}

function countriesLine(words: Words, { countries }: BatchInsights): string | null {
  if (countries.length < 2) return null;
  const { number } = words.format;
  const shown = countries
    .slice(0, COUNTRIES_SHOWN)
    .map(
      ({ country, count }) =>
        `${country ? words.format.country(country) : words.usageReport.noCountry} ${number(count)}`,
    );
  const rest = countries.length - shown.length;
  return words.statusMessage.countries(
    [...shown, ...(rest > 0 ? [words.usageReport.more(rest)] : [])].join(' · '),
  );
}

function whyFailed(words: Words, { topReasons }: BatchSummary): string | null {
  if (topReasons.length === 0) return null;
  return [words.completion.reasons, ...reasonLines(words, topReasons)].join('\n');
}

/** How the outcomes came in over time, as Slack's native line chart; null where there is no course to show. */
export function deliveryCurve(words: Words, { curve }: BatchInsights): DataVisualizationBlock | null {
  if (curve.length < 2) return null;
  const unit = unitFor(curve.at(-1)?.afterMs ?? 0);
  const labels = curve.map(({ afterMs }) => WRITTEN[unit](Math.round(afterMs / MS_PER_SECOND)));
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

/** Short, since the labels of a chart stand side by side; the axis says what they are. */
const WRITTEN: Record<Unit, (seconds: number) => string> = {
  minutes: (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
  hours: (seconds) => WRITTEN.minutes(Math.round(seconds / 60)),
  days: (seconds) => (seconds / 86_400).toFixed(1),
};

function unitFor(ms: number): Unit {
  const hours = ms / 3_600_000;
  if (hours < 1) return 'minutes';
  return hours < 48 ? 'hours' : 'days';
}
