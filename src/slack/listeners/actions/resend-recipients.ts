import { HOLD_REASONS } from '../../../batches/control/last-look';
import {
  type Looked,
  type ResendOutcome,
  resendUncertain,
  retryFailed,
} from '../../../batches/control/send-again';
import type { Words } from '../../../words/en';
import type { SlackMessage } from '../../blocks/block-kit';
import { type Pressed, readBatchValue } from '../../blocks/ids';
import { heldBackReply } from '../../blocks/messages/held-back';
import { plainReply } from '../../blocks/messages/replies';
import { explainProviderError } from '../../blocks/parts/explain-reason';
import { getShownBatch } from '../../store/shown-batches';
import { answerOutdated } from '../answer-outdated';
import type { Click } from '../bolt-listeners';
import { replyInThread } from '../reply-in-thread';
import type { RequestContext } from '../request-context';

/** A look that takes longer than this is announced: nobody should wonder, and press again. */
const ANNOUNCE_AFTER_MS = 1_500;

interface Resend {
  whom: 'failed' | 'uncertain';
  /** Those whom the last look holds back are sent to as well. */
  isAnyway: boolean;
}

/**
 * The handler of a button that sends again: a last look, then all in the thread learn what was sent, and the person alone who
 * was held back, with the button that sends to them anyway.
 */
export function sendAgain(resend: Resend) {
  return async (request: RequestContext, click: Click): Promise<SlackMessage | null> => {
    const { slack, actor, person, words } = request;
    const pressed = readBatchValue(click.value);
    const batch = await getShownBatch(slack.app, actor, pressed.batchId);
    if (!batch) return plainReply(words.review.gone);
    const outcome = await announced(request, click, ask(request, pressed, resend));
    if (outcome.kind === 'not_found') return plainReply(words.review.gone);
    if (outcome.kind === 'outdated') return answerOutdated(request, click, pressed.batchId);
    if (outcome.kind === 'nobody') return whyNobody(words, click.value, resend, outcome);
    const told = await replyInThread(request, batch, ({ replies }) => {
      const sent = resend.whom === 'failed' ? replies.retried : replies.resent;
      const proved = outcome.proved > 0 ? ` ${replies.provedFirst(outcome.proved)}` : '';
      return sent(`<@${person.slackUserId}>`, outcome.recipients) + proved;
    });
    const heldBack = heldBackInWords(words, outcome);
    if (heldBack === '') return told;
    return plainReply(told ? `${told.text} ${heldBack}` : heldBack);
  };
}

function ask(
  { slack, actor }: RequestContext,
  pressed: Pressed,
  { whom, isAnyway }: Resend,
): Promise<ResendOutcome> {
  const { failureClass, ...command } = pressed;
  if (whom === 'uncertain') return resendUncertain(slack.app, actor, { ...command, isAnyway });
  // The button of a former version names no class: everybody who failed.
  const classes = failureClass ? { classes: [failureClass] } : {};
  return retryFailed(slack.app, actor, { ...command, ...classes, isAnyway });
}

/** The look may take half a minute. */
async function announced(
  { words }: RequestContext,
  click: Click,
  look: Promise<ResendOutcome>,
): Promise<ResendOutcome> {
  const timer = setTimeout(
    () => void click.tell(plainReply(words.replies.askingOnceMore)),
    ANNOUNCE_AFTER_MS,
  );
  return look.finally(() => clearTimeout(timer));
}

function whyNobody(words: Words, value: string, { whom }: Resend, looked: Looked): SlackMessage {
  const { replies } = words;
  const heldBack = heldBackInWords(words, looked);
  if (heldBack !== '') {
    const first = looked.proved > 0 ? `${replies.provedFirst(looked.proved)} ` : '';
    return heldBackReply(words, value, whom, first + heldBack);
  }
  if (looked.proved > 0) return plainReply(replies.provedAll(looked.proved));
  return plainReply(whom === 'failed' ? replies.nobodyFailed : replies.nobodyUncertain);
}

/** Who is held back, and why; empty where nobody is. */
function heldBackInWords(words: Words, { heldBack, why }: Looked): string {
  const { replies } = words;
  const sentences = HOLD_REASONS.filter((one) => heldBack[one] > 0).map((one) =>
    replies.heldBack[one](heldBack[one]),
  );
  const reason = why && heldBack.no_answer > 0 ? [explainProviderError(words, why)] : [];
  return [...sentences, ...reason].join(' ');
}
