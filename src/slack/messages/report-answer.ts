import type { Report, ReportRange } from '../../batches/get-report';
import {
  actions,
  type Block,
  button,
  context,
  type DataVisualizationBlock,
  header,
  type Message,
  section,
} from '../block-kit';
import { clip } from '../escape';
import { ACTIONS, BLOCKS } from '../ids';
import type { Words } from '../words/en';
import { moneyInWords } from './cost-in-words';
import { barLine, countFields, countsInWords } from './counts';

/** Lines in a list: those with the most messages. */
const LISTED = 20;
const SERIES = ['delivered', 'failed', 'unknown'] as const;

/** What was sent in a time range: totals, by day with a native chart, by country and by sender, and the cost. */
export function reportAnswer(words: Words, report: Report, withChart: boolean): Message {
  const { counts, range, stretches } = report;
  const title = words.report.title(range.from, range.to);
  if (counts.total === 0)
    return {
      text: title,
      blocks: [header(title), section(words.report.nothing), compareButton(words, range)],
    };
  const blocks: Block[] = [
    header(title),
    countFields(words, counts),
    section(barLine(words, counts)),
    section(words.report.cost(moneyInWords(words, report.costs) ?? words.report.costUnknown)),
    ...(withChart ? [chartOf(words, report), tableOf(words, report)] : [section(daysInLines(words, report))]),
    section(countriesInLines(words, report)),
    section(sendersInLines(words, report)),
    context(words.report.clock(range.timeZone, stretches.length)),
    compareButton(words, range),
  ];
  return { text: `${title} · ${countsInWords(words, counts)}`, blocks };
}

type ComparedRange = Pick<ReportRange, 'from' | 'to' | 'timeZone'>;

function compareButton(words: Words, { from, to, timeZone }: ReportRange): Block {
  const value = JSON.stringify({ from, to, timeZone } satisfies ComparedRange);
  return actions(BLOCKS.reportActions, [button(words.comparison.button, ACTIONS.compareReport, { value })]);
}

/** Which range the button of a report means. */
export function readComparedRange(value: string): ComparedRange {
  return JSON.parse(value) as ComparedRange;
}

function chartOf(words: Words, { stretches }: Report): DataVisualizationBlock {
  return {
    type: 'data_visualization',
    title: clip(words.report.byDay, 50),
    chart: {
      type: 'line',
      series: SERIES.map((name) => ({
        name: clip(words.counts[name], 20),
        data: stretches.map(({ day, counts }) => ({ label: day, value: counts[name] })),
      })),
      axis_config: { categories: stretches.map(({ day }) => day) },
    },
  };
}

function tableOf(words: Words, { stretches }: Report): Block {
  const columns = ['total', ...SERIES] as const;
  const text = (value: string) => ({ type: 'raw_text' as const, text: value });
  const number = (value: number) => ({
    type: 'raw_number' as const,
    value,
    text: words.format.number(value),
  });
  return {
    type: 'data_table',
    caption: words.report.byDay,
    page_size: 10,
    rows: [
      [text(words.report.day), ...columns.map((name) => text(words.counts[name]))],
      ...stretches.map(({ day, counts }) => [text(day), ...columns.map((name) => number(counts[name]))]),
    ],
  };
}

function daysInLines(words: Words, { stretches }: Report): string {
  const lines = stretches
    .filter(({ counts }) => counts.total > 0)
    .map(({ day, counts }) => `• ${day} – ${countsInWords(words, counts)}`);
  return [`*${words.report.byDay}*`, ...lines].join('\n');
}

function countriesInLines(words: Words, { countries }: Report): string {
  const lines = countries.slice(0, LISTED).map(({ country, count, costs }) => {
    const name = country ? words.format.country(country) : words.report.noCountry;
    return [
      '• ',
      [`${name} – ${words.format.number(count)}`, moneyInWords(words, costs)].filter(Boolean).join(' · '),
    ].join('');
  });
  return listed(words, words.report.byCountry, lines, countries.length);
}

function sendersInLines(words: Words, { senders }: Report): string {
  const lines = senders
    .slice(0, LISTED)
    .map(
      ({ slackUserId, counts }) =>
        `• <@${slackUserId}> – ${words.format.number(counts.total)} · ${countsInWords(words, counts)}`,
    );
  return listed(words, words.report.bySender, lines, senders.length);
}

function listed(words: Words, title: string, lines: string[], all: number): string {
  const rest = all - lines.length;
  return [`*${title}*`, ...lines, ...(rest > 0 ? [words.report.more(rest)] : [])].join('\n');
}
