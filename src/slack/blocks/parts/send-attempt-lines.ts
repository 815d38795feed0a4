import type { OtherOutcome, SendAttempt } from '../../../batches/views/batch-details';
import type { Reader } from '../../../words/words-for';
import { inline } from '../escape';
import { explainFailure } from './explain-reason';
import { slackTime } from './slack-time';

/**
 * The history of one recipient: a paragraph for each send attempt, each step with its time and its source.
 * mrkdwn.
 */
export function sendAttemptLines(reader: Reader, attempts: SendAttempt[]): string[] {
  const { history } = reader.words.details;
  return attempts.map((one) => {
    const ids = history.ids(
      `\`${inline(one.orderId)}\``,
      one.messageId ? `\`${inline(one.messageId)}\`` : '–',
    );
    const steps = [
      submittedLine(reader, one),
      answerLine(reader, one),
      outcomeLine(reader, one),
      ...one.otherOutcomes.map((other) => otherOutcomeLine(reader, other)),
      costLine(reader, one),
    ];
    return [`*${history.sendAttempt(one.attempt)}*`, ...steps, ids]
      .filter((line) => line !== null)
      .join('\n');
  });
}

function submittedLine(reader: Reader, { submission }: SendAttempt): string {
  const { history } = reader.words.details;
  if (!submission) return history.notSubmitted;
  return `${history.submitted(slackTime(reader, submission.startedAt, 'second'))} · ${history.submission(submission.id)}`;
}

/**
 * The provider's answer to the request; null if that answer was also the outcome, which `outcomeLine` shows.
 */
function answerLine(
  reader: Reader,
  { submission, settledBy, status, messageId }: SendAttempt,
): string | null {
  if (!submission?.finishedAt || settledBy === 'answer') return null;
  const { outcomes, settledBy: sources } = reader.words.details.history;
  const when = slackTime(reader, submission.finishedAt, 'second');
  const isClear = submission.outcome === 'accepted' && (status !== 'unknown' || messageId !== null);
  return isClear ? `${outcomes.accepted} · ${when} · ${sources.answer}` : `${outcomes.unclear} · ${when}`;
}

function outcomeLine(reader: Reader, one: SendAttempt): string | null {
  const { words } = reader;
  if (one.status === 'pending') return null;
  const failed = one.status === 'failed' ? [explainFailure(words, one.reason)] : [];
  const source = one.settledBy ? [words.details.history.settledBy[one.settledBy]] : [];
  // Sending since it was accepted: the answer's line has the time already.
  const when = one.status === 'sending' && !one.settledBy ? [] : [slackTime(reader, one.changedAt, 'second')];
  return [words.recipientStatus[one.status], ...failed, ...when, ...source].join(' · ');
}

function otherOutcomeLine(reader: Reader, { kind, status, reason, at, ...by }: OtherOutcome): string {
  const { words } = reader;
  const { history } = words.details;
  const why = status === 'failed' ? [explainFailure(words, reason)] : [];
  const source = by.source ? [history.settledBy[by.source]] : [];
  const parts = [words.recipientStatus[status], ...why, slackTime(reader, at, 'second'), ...source];
  return history.other[kind](parts.join(' · '));
}

function costLine({ words }: Reader, { cost, isCostImplausible }: SendAttempt): string | null {
  if (!cost) return isCostImplausible ? words.details.history.implausibleCost : null;
  const sum = `${words.format.decimal(cost.sum)} ${cost.currency}`;
  return words.details.history.charged(sum, cost.segments);
}
