import type { BatchSummary } from '../../batches/batch';
import { actions, button, confirmation, type Message, section } from '../block-kit';
import { ACTIONS, BLOCKS } from '../ids';
import type { Words } from '../words/en';
import { explainReason } from './batch-reason';

/** What people must be told in a message of its own, since an edited one notifies nobody. */
export type Matter = 'paused' | 'failed' | 'stalled' | 'uncertain';

/** Names the sender, says what has happened and what to do next, and offers it. */
export function attentionNotice(words: Words, summary: BatchSummary, matter: Matter): Message {
  const text = whatHappened(words, summary, matter);
  const next = whatNext(words, summary, matter);
  const buttons = [
    ...offers(words, summary, matter),
    button(words.message.details, ACTIONS.details, { value: summary.id }),
  ];
  return {
    text: `${text} ${next}`,
    blocks: [section(text), section(next), actions(BLOCKS.attentionActions, buttons)],
  };
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

function offers({ message, attention }: Words, { id: value, counts }: BatchSummary, matter: Matter) {
  if (matter === 'paused') return [button(message.resume, ACTIONS.resume, { value, style: 'primary' })];
  if (matter !== 'uncertain') return [];
  const { resendConfirm } = attention;
  const confirm = confirmation(resendConfirm, resendConfirm.text(counts.unknown));
  return [
    button(attention.leave, ACTIONS.leaveUncertain, { value }),
    button(attention.resend, ACTIONS.resendUncertain, { value, style: 'danger', confirm }),
  ];
}
