import type { RejectedRowDetail } from '../../../batches/batch';
import type { RecipientDetail } from '../../../batches/views/batch-details';
import { maskNumber } from '../../../recipients/numbers/mask-number';
import type { Words } from '../../../words/en';
import { failureInWords } from '../../../words/explain-codes';
import { inline } from '../escape';
import { exampleInWords } from './left-out-rows';

/** One recipient in one line, with a masked number. mrkdwn. */
export function recipientLine(words: Words, recipient: RecipientDetail): string {
  const parts = [
    `\`${maskNumber(recipient.recipientNumber)}\``,
    words.recipientStatus[recipient.status],
    recipient.sourceName
      ? words.review.sourceLine(inline(recipient.sourceName, 40), recipient.line)
      : words.details.line(recipient.line),
    ...(recipient.status === 'failed' ? [inline(failureInWords(words, recipient.failureReason))] : []),
  ];
  return parts.join(' · ');
}

/** A row that was left out: where it is in the list and why, without its content. mrkdwn. */
export function leftOutLine(words: Words, row: RejectedRowDetail): string {
  return `• ${exampleInWords(words, row)} · ${words.reasons.reject[row.reason.code]}`;
}
