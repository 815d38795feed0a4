import type { BatchInsights, BatchSummary } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { reasonLines } from './explain-reason';

const COUNTRIES_SHOWN = 5;
const MS_PER_SECOND = 1000;

/**
 * One line each for the rate and the time left, the countries if there are several, and why texts failed.
 * mrkdwn.
 */
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
