import type { Alert, BatchSummary } from '../../../batches/batch';
import type { RecipientDetail } from '../../../batches/views/batch-details';
import type { Words } from '../../../words/en';
import { actions, button, confirmation, type SlackMessage, section, sections } from '../block-kit';
import { ACTIONS, BLOCKS, pauseValue, roundValue } from '../ids';
import { explainReason, explainUnanswered } from '../parts/explain-reason';
import { recipientLine } from '../parts/recipient-lines';

/**
 * An alert is a message of its own, since an edit of the status message notifies nobody. It mentions the sender, says what has happened and what to do next, and has the buttons for it. `uncertain`:
 * the first uncertain recipients, shown as examples.
 */
export function alertMessage(
  words: Words,
  summary: BatchSummary,
  kind: Alert,
  uncertain: RecipientDetail[] = [],
): SlackMessage {
  const text = whatHappened(words, summary, kind);
  const next = whatNext(words, summary, kind);
  const buttons = [
    ...alertButtons(words, summary, kind),
    button(words.statusMessage.details, ACTIONS.details, { value: summary.id }),
  ];
  return {
    text: `${text} ${next}`,
    blocks: [
      section(text),
      ...sections(exampleLines(words, summary, uncertain)),
      section(next),
      actions(BLOCKS.alertActions, buttons),
    ],
  };
}

/** Masked, since everybody in the channel reads it. */
function exampleLines(words: Words, { counts }: BatchSummary, uncertain: RecipientDetail[]): string[] {
  const lines = uncertain.map((recipient) => recipientLine(words, recipient));
  const more = counts.unknown - uncertain.length;
  return uncertain.length > 0 && more > 0 ? [...lines, words.alerts.uncertainMore(more)] : lines;
}

function whatHappened({ alerts }: Words, { counts, sender }: BatchSummary, kind: Alert): string {
  const mention = `<@${sender.externalId}>`;
  if (kind === 'paused') return alerts.paused(mention, counts.waiting);
  if (kind === 'uncertain' || kind === 'unanswered') return alerts[kind](mention, counts.unknown);
  return alerts[kind](mention);
}

function whatNext(words: Words, { reason, unanswered }: BatchSummary, kind: Alert): string {
  if (kind === 'stalled') return words.alerts.stalledNext;
  if (kind === 'uncertain') return words.alerts.uncertainNext;
  if (kind === 'unanswered') return words.alerts.unansweredNext(explainUnanswered(words, unanswered));
  return explainReason(words, reason ?? { code: kind, detail: null });
}

function alertButtons({ statusMessage, alerts }: Words, summary: BatchSummary, kind: Alert) {
  const { counts } = summary;
  if (kind === 'paused')
    return [button(statusMessage.resume, ACTIONS.resume, { value: pauseValue(summary), style: 'primary' })];
  if (kind !== 'uncertain') return [];
  const value = roundValue(summary);
  const { resendConfirm } = alerts;
  const confirm = confirmation(resendConfirm, resendConfirm.text(counts.unknown));
  return [
    button(alerts.leave, ACTIONS.leaveUncertain, { value }),
    button(alerts.resend, ACTIONS.resendUncertain, { value, style: 'danger', confirm }),
  ];
}
