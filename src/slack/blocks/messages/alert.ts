import type { BatchSummary, RecipientDetail } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { actions, button, confirmation, type Message, section, sections } from '../block-kit';
import { ACTIONS, BLOCKS, roundValue } from '../ids';
import { explainReason } from '../parts/explain-reason';
import { recipientLine } from '../parts/recipient-lines';

/** What people must be told in a message of its own, since an edited one notifies nobody. */
export type Matter = 'paused' | 'failed' | 'stalled' | 'uncertain';

/** Names the sender, says what has happened and what to do next, and offers it. `uncertain`: the first of them. */
export function alertPost(
  words: Words,
  summary: BatchSummary,
  matter: Matter,
  uncertain: RecipientDetail[] = [],
): Message {
  const text = whatHappened(words, summary, matter);
  const next = whatNext(words, summary, matter);
  const buttons = [
    ...offers(words, summary, matter),
    button(words.message.details, ACTIONS.details, { value: summary.id }),
  ];
  return {
    text: `${text} ${next}`,
    blocks: [
      section(text),
      ...sections(listed(words, summary, uncertain)),
      section(next),
      actions(BLOCKS.attentionActions, buttons),
    ],
  };
}

/** Masked, since everybody in the channel reads it. */
function listed(words: Words, { counts }: BatchSummary, uncertain: RecipientDetail[]): string[] {
  const lines = uncertain.map((recipient) => recipientLine(words, recipient));
  const more = counts.unknown - uncertain.length;
  return uncertain.length > 0 && more > 0 ? [...lines, words.attention.uncertainMore(more)] : lines;
}

function whatHappened({ attention }: Words, { counts, sender }: BatchSummary, matter: Matter): string {
  const mention = `<@${sender.slackUserId}>`;
  if (matter === 'paused') return attention.paused(mention, counts.waiting);
  if (matter === 'uncertain') return attention.uncertain(mention, counts.unknown);
  return attention[matter](mention);
}

function whatNext(words: Words, { reason }: BatchSummary, matter: Matter): string {
  if (matter === 'stalled') return words.attention.stalledNext;
  if (matter === 'uncertain') return words.attention.uncertainNext;
  return explainReason(words, reason ?? { code: matter, detail: null });
}

function offers({ message, attention }: Words, summary: BatchSummary, matter: Matter) {
  const { id, counts } = summary;
  if (matter === 'paused') return [button(message.resume, ACTIONS.resume, { value: id, style: 'primary' })];
  if (matter !== 'uncertain') return [];
  const value = roundValue(summary);
  const { resendConfirm } = attention;
  const confirm = confirmation(resendConfirm, resendConfirm.text(counts.unknown));
  return [
    button(attention.leave, ACTIONS.leaveUncertain, { value }),
    button(attention.resend, ACTIONS.resendUncertain, { value, style: 'danger', confirm }),
  ];
}
