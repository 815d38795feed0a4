import { z } from 'zod';
import type { DayRange } from '../../../batches/batch';
import type { UsagePeriod, UsageReport } from '../../../batches/views/get-usage-report';
import { readTimeZone } from '../../../tenants/read-profile';
import type { Words } from '../../../words/en';
import {
  actions,
  type Block,
  button,
  context,
  type DataVisualizationBlock,
  header,
  type SlackMessage,
  section,
  sections,
} from '../block-kit';
import { readCarried } from '../carried';
import { clip } from '../escape';
import { ACTIONS, BLOCKS } from '../ids';
import { moneyInWords } from '../parts/cost-in-words';
import { barLine, countFields, countsInWords } from '../parts/counts';

/** The most entries that a list or table shows: those with the most recipients. */
const LISTED = 20;
const MOST_ROWS = 100;
const SERIES = ['delivered', 'failed', 'unknown'] as const;

/**
 * What was sent in a time range: totals, cost, days as a chart and a table, countries and senders. `plainer`
 * is the same in lines, for a workspace that does not support charts and tables. If `withCharts` is false,
 * returns only that.
 */
export function usageReportMessage(words: Words, report: UsageReport, withCharts: boolean): SlackMessage {
  const { counts, range } = report;
  const title = words.usageReport.title(range.from, range.to);
  if (counts.total === 0) {
    return {
      text: title,
      blocks: [header(title), section(words.usageReport.nothing), compareButton(words, range)],
    };
  }
  const text = `${title} · ${countsInWords(words, counts)}`;
  const around = (...inner: Block[]): Block[] => [
    header(title),
    countFields(words, counts),
    section(barLine(words, counts)),
    section(costInWords(words, report)),
    ...inner,
    ...sections(sendersInLines(words, report)),
    context(words.usageReport.clock(range.timeZone)),
    compareButton(words, range),
  ];
  const plainer = {
    text,
    blocks: around(...sections(daysInLines(words, report)), ...sections(countriesInLines(words, report))),
  };
  if (!withCharts) return plainer;
  return { text, plainer, blocks: around(...daysDrawn(words, report), countryTable(words, report)) };
}

function costInWords(words: Words, { costs, implausibleCosts }: UsageReport): string {
  const money = moneyInWords(words, costs);
  const known = costs.reduce((sum, { messages }) => sum + messages, 0);
  const line = money ? words.usageReport.cost(money, known) : words.usageReport.costUnknown;
  if (implausibleCosts === 0) return line;
  const first = money ? line : `*${words.usageReport.costTitle}*`;
  return [first, words.implausibleCosts(implausibleCosts)].join('\n');
}

type ComparedRange = Pick<DayRange, 'from' | 'to' | 'timeZone'>;

function compareButton(words: Words, { from, to, timeZone }: DayRange): Block {
  const value = JSON.stringify({ from, to, timeZone } satisfies ComparedRange);
  return actions(BLOCKS.usageReportActions, [
    button(words.comparison.button, ACTIONS.compareUsageReport, { value }),
  ]);
}

/** Reads the time range from the value of the button. */
export function readComparedRange(value: string): ComparedRange {
  const range = readCarried<ComparedRange>(
    value,
    z.object({ from: z.iso.date(), to: z.iso.date(), timeZone: z.string() }),
  );
  return { ...range, timeZone: readTimeZone(range.timeZone) };
}

/** A single day needs no chart: its counts are above. */
function daysDrawn(words: Words, report: UsageReport): Block[] {
  return report.tablePeriods.length > 1 ? [chartOf(words, report), dayTable(words, report)] : [];
}

function chartOf(words: Words, { chartPeriods }: UsageReport): DataVisualizationBlock {
  return {
    type: 'data_visualization',
    title: clip(words.usageReport.byDay, 50),
    chart: {
      type: 'line',
      series: SERIES.map((name) => ({
        name: clip(words.counts[name], 20),
        data: chartPeriods.map(({ from, counts }) => ({ label: monthAndDay(from), value: counts[name] })),
      })),
      axis_config: { categories: chartPeriods.map(({ from }) => monthAndDay(from)) },
    },
  };
}

/** Without the year, which is in the heading. A range is at most a year, so no label comes twice. */
const monthAndDay = (day: string) => day.slice('2026-'.length);

function dayTable(words: Words, { tablePeriods }: UsageReport): Block {
  const columns = ['total', ...SERIES] as const;
  return {
    type: 'data_table',
    caption: words.usageReport.byDay,
    page_size: 10,
    rows: [
      [cell(words.usageReport.day), ...columns.map((name) => cell(words.counts[name]))],
      ...tablePeriods.map((row) => [
        cell(dayOf(words, row)),
        ...columns.map((name) => numberCell(words, row.counts[name])),
      ]),
    ],
  };
}

function countryTable(words: Words, { countries }: UsageReport): Block {
  const { country: title, recipients, costTitle } = words.usageReport;
  return {
    type: 'data_table',
    caption: words.usageReport.byCountry,
    page_size: 10,
    rows: [
      [cell(title), cell(recipients), cell(costTitle)],
      ...countries
        .slice(0, MOST_ROWS)
        .map(({ country, count, costs }) => [
          cell(nameOf(words, country)),
          numberCell(words, count),
          cell(moneyInWords(words, costs) ?? '–'),
        ]),
    ],
  };
}

const cell = (text: string) => ({ type: 'raw_text' as const, text });
const numberCell = ({ format }: Words, value: number) => ({
  type: 'raw_number' as const,
  value,
  text: format.number(value),
});

const dayOf = (words: Words, { from, to }: UsagePeriod) =>
  from === to ? from : words.usageReport.days(from, to);

const nameOf = (words: Words, country: string | null) =>
  country ? words.format.country(country) : words.usageReport.noCountry;

function daysInLines(words: Words, { chartPeriods }: UsageReport): string[] {
  const lines = chartPeriods
    .filter(({ counts }) => counts.total > 0)
    .map((period) => `• ${dayOf(words, period)} – ${countsInWords(words, period.counts)}`);
  return [`*${words.usageReport.byDay}*`, ...lines];
}

function countriesInLines(words: Words, { countries }: UsageReport): string[] {
  const lines = countries.slice(0, LISTED).map(({ country, count, costs }) => {
    const parts = [`${nameOf(words, country)} – ${words.format.number(count)}`, moneyInWords(words, costs)];
    return `• ${parts.filter(Boolean).join(' · ')}`;
  });
  return listed(words, words.usageReport.byCountry, lines, countries.length);
}

function sendersInLines(words: Words, { senders }: UsageReport): string[] {
  const lines = senders
    .slice(0, LISTED)
    .map(
      ({ externalId, counts }) =>
        `• <@${externalId}> – ${words.format.number(counts.total)} · ${countsInWords(words, counts)}`,
    );
  return listed(words, words.usageReport.bySender, lines, senders.length);
}

function listed(words: Words, title: string, lines: string[], all: number): string[] {
  const rest = all - lines.length;
  return [`*${title}*`, ...lines, ...(rest > 0 ? [words.usageReport.more(rest)] : [])];
}
