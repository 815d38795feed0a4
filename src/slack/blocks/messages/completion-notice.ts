import type { BatchSummary } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { type Block, type SlackMessage, section } from '../block-kit';
import { countsInWords } from '../parts/counts';
import { reasonLines } from '../parts/explain-reason';

/** The message that mentions the sender and says that the batch is complete. */
export function completionNotice(words: Words, summary: BatchSummary): SlackMessage {
  const { counts, sender } = summary;
  const { completion, format } = words;
  const text = completion.text(
    `<@${sender.externalId}>`,
    counts.delivered,
    counts.total,
    format.percent(counts.delivered, counts.total),
  );
  const all = countsInWords(words, counts);
  const took = durationOf(summary);
  const details = took === null ? all : `${all}\n${completion.took(format.duration(took))}`;
  const blocks: Block[] = [section(text), section(details)];
  if (summary.topReasons.length > 0) blocks.push(section(topReasons(words, summary)));
  return { text: `${text} ${details.replace('\n', ' ')}`, blocks };
}

function durationOf({ startedAt, completedAt }: BatchSummary): number | null {
  return startedAt && completedAt ? completedAt.getTime() - startedAt.getTime() : null;
}

function topReasons(words: Words, summary: BatchSummary): string {
  return [words.completion.reasons, ...reasonLines(words, summary.topReasons)].join('\n');
}
