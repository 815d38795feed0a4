import type { BatchCounts, Counts, LiveStatus } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import type { Reader } from '../../../words/words-for';
import { slackTime } from '../parts/slack-time';

/** What a status message and its counts alone both say of a batch. */

/**
 * A completed batch with unknown recipients is not called complete while the provider says that they are on
 * their way.
 */
export function withLiveStatus<Batch extends BatchCounts>(batch: Batch, { sending, waiting }: Counts): Batch {
  const isOpen = sending > 0 || waiting > 0;
  return batch.status === 'completed' && isOpen ? { ...batch, status: 'submitted' } : batch;
}

export function headingOf(words: Words, batch: BatchCounts, counts: Counts): string {
  const { heading } = words.statusMessage;
  switch (batch.status) {
    case 'completed':
      return heading.completed(counts.total, counts.delivered);
    case 'paused':
      return heading.paused(counts.waiting, counts.total);
    case 'pending':
    case 'submitting':
    case 'submitted':
    case 'cancelled':
    case 'failed':
      return heading[batch.status](counts.total);
    default:
      return words.batchStatus[batch.status];
  }
}

/** When the provider was asked last, or what it says now. */
export function checked(reader: Reader, batch: BatchCounts, live: LiveStatus | undefined): string {
  const { statusMessage } = reader.words;
  if (live) {
    const asked = statusMessage.asked(slackTime(reader, live.askedAt, 'second'), live.asked);
    const notFound = live.notFound > 0 ? [statusMessage.notFound(live.notFound)] : [];
    const notAsked = live.notAsked > 0 ? [statusMessage.notAsked(live.notAsked)] : [];
    return [asked, ...notFound, ...notAsked].join(' · ');
  }
  return batch.checkedAt
    ? statusMessage.lastChecked(slackTime(reader, batch.checkedAt, 'second'))
    : statusMessage.neverChecked;
}
