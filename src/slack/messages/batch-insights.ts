import type { BatchSummary } from '../../batches/batch';
import type { BatchInsights } from '../../batches/get-batch-insights';
import type { DataVisualizationBlock } from '../block-kit';
import { clip } from '../escape';
import type { Words } from '../words/en';
import { reasonLines } from './batch-reason';

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
  return words.message.pace(Math.max(1, Math.round(pace)), left);
}

function countriesLine(words: Words, { countries }: BatchInsights): string | null {
  if (countries.length < 2) return null;
  const { number } = words.format;
  const shown = countries
    .slice(0, COUNTRIES_SHOWN)
    .map(
      ({ country, count }) =>
        `${country ? words.format.country(country) : words.report.noCountry} ${number(count)}`,
    );
  const rest = countries.length - shown.length;
  return words.message.countries([...shown, ...(rest > 0 ? [words.report.more(rest)] : [])].join(' · '));
}

function whyFailed(words: Words, { topReasons }: BatchSummary): string | null {
  if (topReasons.length === 0) return null;
  return [words.completion.reasons, ...reasonLines(words, topReasons)].join('\n');
}

/** How the outcomes came in over time, as Slack's native line chart; null where there is no course to show. */
export function deliveryCurve(words: Words, { curve }: BatchInsights): DataVisualizationBlock | null {
  if (curve.length < 2) return null;
  const labels = curve.map(({ afterMs }) => clip(words.format.duration(afterMs), 20));
  if (new Set(labels).size < labels.length) return null;
  const series = (['delivered', 'failed'] as const).map((name) => ({
    name: clip(words.counts[name], 20),
    data: curve.map((point, index) => ({ label: labels[index] as string, value: point[name] })),
  }));
  return {
    type: 'data_visualization',
    title: clip(words.message.curve, 50),
    chart: { type: 'line', series, axis_config: { categories: labels } },
  };
}
