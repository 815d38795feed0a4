import type { RecipientAttempt, RecipientDetail, RejectGroup } from '../../batches/batch';
import { maskNumber } from '../../recipients/mask-number';
import { inline } from '../escape';
import type { Words } from '../words/en';
import type { Reader } from '../words/words-for';
import { explainFailure } from './batch-reason';
import { exampleInWords } from './left-out';
import { slackTime } from './slack-time';

/** One recipient on one line, masked. mrkdwn. */
export function recipientLine(words: Words, recipient: RecipientDetail): string {
  const parts = [
    `\`${maskNumber(recipient.recipientNumber)}\``,
    words.recipientStatus[recipient.status],
    ...(recipient.status === 'failed' ? [explainFailure(words, recipient.failureReason)] : []),
    recipient.sourceName
      ? words.review.sourceLine(inline(recipient.sourceName, 40), recipient.line)
      : words.details.line(recipient.line),
  ];
  return parts.join(' · ');
}

/** A row that became no recipient: where it stood and why, without its cell. mrkdwn. */
export function leftOutLine(words: Words, row: RejectGroup['examples'][number]): string {
  return `• ${exampleInWords(words, row)} · ${words.reasons.reject[row.reason.code]}`;
}

/** The whole history of one recipient, an attempt a paragraph. mrkdwn. */
export function attemptLines(reader: Reader, attempts: RecipientAttempt[]): string[] {
  const { words } = reader;
  const { history } = words.details;
  return attempts.map((one) => {
    const failed = one.status === 'failed' ? [explainFailure(words, one.reason)] : [];
    const source = one.settledBy ? [history.settledBy[one.settledBy]] : [];
    return [
      `*${history.attempt(one.attempt)}*`,
      one.submittedAt
        ? history.submitted(slackTime(reader, one.submittedAt, 'second'))
        : history.notSubmitted,
      [
        words.recipientStatus[one.status],
        ...failed,
        slackTime(reader, one.changedAt, 'second'),
        ...source,
      ].join(' · '),
      history.ids(`\`${inline(one.orderId)}\``, one.messageId ? `\`${inline(one.messageId)}\`` : '–'),
    ].join('\n');
  });
}
