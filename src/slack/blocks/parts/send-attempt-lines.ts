import type { SendAttempt } from '../../../batches/views/batch-details';
import type { Reader } from '../../../words/words-for';
import { inline } from '../escape';
import { explainFailure } from './explain-reason';
import { slackTime } from './slack-time';

/** The whole history of one recipient: an attempt a paragraph, each step with its time and who told of it. mrkdwn. */
export function sendAttemptLines(reader: Reader, attempts: SendAttempt[]): string[] {
  const { history } = reader.words.details;
  return attempts.map((one) => {
    const ids = history.ids(
      `\`${inline(one.orderId)}\``,
      one.messageId ? `\`${inline(one.messageId)}\`` : '–',
    );
    const steps = [submitted(reader, one), answered(reader, one), ended(reader, one), charged(reader, one)];
    return [`*${history.attempt(one.attempt)}*`, ...steps, ids].filter((line) => line !== null).join('\n');
  });
}

function submitted(reader: Reader, { submission }: SendAttempt): string {
  const { history } = reader.words.details;
  if (!submission) return history.notSubmitted;
  return `${history.submitted(slackTime(reader, submission.startedAt, 'second'))} · ${history.request(submission.id)}`;
}

/** What the request was answered. Where that was this recipient's end, the end tells it. */
function answered(reader: Reader, { submission, settledBy, status, messageId }: SendAttempt): string | null {
  if (!submission?.finishedAt || settledBy === 'answer') return null;
  const { answers, settledBy: sources } = reader.words.details.history;
  const when = slackTime(reader, submission.finishedAt, 'second');
  const isClear = submission.outcome === 'accepted' && (status !== 'unknown' || messageId !== null);
  return isClear ? `${answers.accepted} · ${when} · ${sources.answer}` : `${answers.unclear} · ${when}`;
}

function ended(reader: Reader, one: SendAttempt): string | null {
  const { words } = reader;
  if (one.status === 'pending') return null;
  const failed = one.status === 'failed' ? [explainFailure(words, one.reason)] : [];
  const source = one.settledBy ? [words.details.history.settledBy[one.settledBy]] : [];
  // On the way since it was accepted, and nothing heard since.
  const when = one.status === 'sending' && !one.settledBy ? [] : [slackTime(reader, one.changedAt, 'second')];
  return [words.recipientStatus[one.status], ...failed, ...when, ...source].join(' · ');
}

function charged({ words }: Reader, { cost }: SendAttempt): string | null {
  if (!cost) return null;
  const sum = `${words.format.decimal(cost.sum)} ${cost.currency}`;
  return words.details.history.charged(sum, cost.segments);
}
