import type { BatchInsights, BatchSummary, Counts, LiveStatus } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import type { Reader } from '../../../words/words-for';
import { type Block, context, header, type SlackMessage, section, verbatim } from '../block-kit';
import { clip, inline } from '../escape';
import { batchButtons } from '../parts/batch-buttons';
import { costBlock } from '../parts/cost-in-words';
import { barLine, countFields, countsInWords } from '../parts/counts';
import { deliveryChart } from '../parts/delivery-chart';
import { deliveryCurve } from '../parts/delivery-curve';
import { explainReason, explainUnanswered } from '../parts/explain-reason';
import { insightLines } from '../parts/insight-lines';
import { isDirectMessage } from '../parts/is-direct-message';
import type { ShownBatch } from '../parts/shown-batch';
import { checked, headingOf, withLiveStatus } from './status-lines';

interface BatchView {
  summary: ShownBatch;
  /** What is shown beside the counts. */
  insights?: BatchInsights;
  /** The provider's answer of this moment; shown instead of the stored counts. */
  live?: LiveStatus;
  /** False in a workspace that does not support the chart block. */
  withChart: boolean;
}

/** The status message of a batch; also the reply to `/sms status` and to *Refresh status*, for those who may read it. */
export function statusMessage(
  reader: Reader,
  { summary, insights, live, withChart }: BatchView,
): SlackMessage {
  const { words } = reader;
  const counts = live?.counts ?? summary.counts;
  const current = withLiveStatus(summary, counts);
  const heading = headingOf(words, current, counts);
  const charts = [deliveryChart(words, counts), insights ? deliveryCurve(words, insights) : null];
  const blocks: Block[] = [
    header(heading),
    context(whoAndWhat(words, summary)),
    verbatim(summary.content),
    countFields(words, counts),
    section(barLine(words, counts)),
    ...(withChart ? charts.filter((chart) => chart !== null) : []),
    ...explanations(words, current, counts).map(section),
    ...contradictedLines(words, insights).map(section),
    ...(insights ? insightBlocks(words, summary, insights) : []),
    context(checked(reader, summary, live)),
    batchButtons(words, summary),
  ];
  return { text: clip(`${heading} · ${countsInWords(words, counts)}`, 3900), blocks };
}

function insightBlocks(words: Words, summary: BatchSummary, insights: BatchInsights): Block[] {
  const cost = costBlock(words, summary, insights);
  return [...(cost ? [cost] : []), ...insightLines(words, summary, insights).map(section)];
}

function whoAndWhat(words: Words, summary: BatchSummary): string {
  const by = words.statusMessage.by(`<@${summary.sender.externalId}>`, summary.id);
  return summary.senderId ? `${by} · ${words.statusMessage.senderId(inline(summary.senderId))}` : by;
}

function explanations(words: Words, summary: ShownBatch, counts: Counts): string[] {
  const lines = [statusInWords(words, summary, counts)];
  if (counts.unknown > 0 && summary.status !== 'completed')
    lines.push(unknownInWords(words, summary, counts.unknown));
  if (summary.channelId && isDirectMessage(summary.channelId)) lines.push(words.statusMessage.moved);
  if (summary.followsEarlier) lines.push(words.statusMessage.follows);
  return lines.filter((line) => line !== null);
}

function unknownInWords(words: Words, { unanswered }: ShownBatch, unknown: number): string {
  const { explain } = words.statusMessage;
  const what = explain.unknown(unknown);
  return unanswered === null ? what : `${what} ${explain.unanswered(explainUnanswered(words, unanswered))}`;
}

function contradictedLines(words: Words, insights: BatchInsights | undefined): string[] {
  const count = insights?.contradicted ?? 0;
  return count > 0 ? [words.statusMessage.explain.contradicted(count)] : [];
}

function statusInWords(words: Words, summary: BatchSummary, counts: Counts): string | null {
  const { explain } = words.statusMessage;
  switch (summary.status) {
    case 'paused':
    case 'failed':
      return summary.reason ? explainReason(words, summary.reason) : null;
    case 'completed':
      return counts.unknown > 0 ? explain.completedUnknown(counts.unknown) : explain.completed;
    case 'cancelled':
      return explain.cancelled(counts.cancelled);
    case 'pending':
    case 'submitting':
      return summary.isHeld
        ? explainReason(words, { code: 'unclear_answers', detail: null })
        : explain[summary.status];
    case 'submitted':
      return explain.submitted;
    default:
      return null;
  }
}
