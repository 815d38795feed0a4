import type { BatchCounts, BatchInsights, LiveStatus } from '../../../batches/batch';
import type { Reader } from '../../../words/words-for';
import { actions, button, context, header, type SlackMessage, section } from '../block-kit';
import { clip } from '../escape';
import { ACTIONS, BLOCKS } from '../ids';
import { barLine, countFields, countsInWords } from '../parts/counts';
import type { SeenShownBatch } from '../parts/shown-batch';
import { checked, headingOf, withLiveStatus } from './status-lines';
import { statusMessage } from './status-message';

interface SeenStatus {
  summary: SeenShownBatch;
  /** Null for those who may know the counts alone. */
  insights: BatchInsights | null;
  /** The provider's answer of this moment; shown instead of the stored counts. */
  live?: LiveStatus;
}

/** The reply to `/sms status` and to *Refresh status*: the status message, or its counts alone for those who may not read it. */
export function statusReply(reader: Reader, { summary, insights, live }: SeenStatus): SlackMessage {
  const now = live ? { live } : {};
  return summary.sight === 'all'
    ? statusMessage(reader, { summary, withChart: false, ...(insights ? { insights } : {}), ...now })
    : countsMessage(reader, summary, live);
}

function countsMessage(reader: Reader, batch: BatchCounts, live: LiveStatus | undefined): SlackMessage {
  const { words } = reader;
  const counts = live?.counts ?? batch.counts;
  const heading = headingOf(words, withLiveStatus(batch, counts), counts);
  return {
    text: clip(`${heading} · ${countsInWords(words, counts)}`, 3900),
    blocks: [
      header(heading),
      context(words.statusMessage.batch(batch.id)),
      countFields(words, counts),
      section(barLine(words, counts)),
      section(words.statusMessage.countsOnly),
      context(checked(reader, batch, live)),
      actions(BLOCKS.batchActions, [
        button(words.statusMessage.refresh, ACTIONS.refresh, { value: batch.id }),
      ]),
    ],
  };
}
