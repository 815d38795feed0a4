import type { AppContext } from '../../../batches/app-context';
import { cancelBatch } from '../../../batches/control/cancel-batch';
import { pauseBatch, resumeBatch } from '../../../batches/control/pause-batch';
import { leaveUncertain, resendUncertain, retryFailed } from '../../../batches/control/send-again';
import { getBatchSummary } from '../../../batches/views/get-batch-summary';
import type { Words } from '../../../words/en';
import type { SlackMessage } from '../../blocks/block-kit';
import { readBatchValue } from '../../blocks/ids';
import { plainReply } from '../../blocks/messages/replies';
import type { Click } from '../bolt-listeners';
import { replyInThread } from '../reply-in-thread';
import { type RequestContext, refusal } from '../request-context';

interface ControlCall {
  tenantId: string;
  userId: string;
  batchId: string;
  round?: number;
}

/**
 * Does something to a batch. Returns the reply: for all in the thread, or, if nothing happened, for the
 * person alone.
 */
type Control = (
  app: AppContext,
  call: ControlCall,
) => Promise<{ toAll: (words: Words, person: string) => string } | { toPerson: (words: Words) => string }>;

const pause: Control = async (app, call) =>
  (await pauseBatch(app, call)).kind === 'paused'
    ? { toAll: ({ replies }, person) => replies.paused(person) }
    : { toPerson: ({ replies }) => replies.notRunning };

const resume: Control = async (app, call) =>
  (await resumeBatch(app, call)).kind === 'resumed'
    ? { toAll: ({ replies }, person) => replies.resumed(person) }
    : { toPerson: ({ replies }) => replies.notPaused };

const retry: Control = async (app, call) => {
  const outcome = await retryFailed(app, call);
  return outcome.kind === 'started'
    ? { toAll: ({ replies }, person) => replies.retried(person, outcome.recipients) }
    : { toPerson: ({ replies }) => replies.nobodyFailed };
};

const leave: Control = async (app, call) =>
  (await leaveUncertain(app, call))
    ? { toAll: ({ replies }, person) => replies.left(person) }
    : { toPerson: ({ replies }) => replies.nobodyUncertain };

const resend: Control = async (app, call) => {
  const outcome = await resendUncertain(app, call);
  return outcome.kind === 'started'
    ? { toAll: ({ replies }, person) => replies.resent(person, outcome.recipients) }
    : { toPerson: ({ replies }) => replies.nobodyUncertain };
};

const cancel: Control = async (app, call) => {
  const outcome = await cancelBatch(app, call);
  if (outcome.kind === 'not_found') return { toPerson: ({ review }) => review.gone };
  const { alreadyGone } = outcome;
  return outcome.kind === 'cancelled'
    ? { toAll: ({ replies }, person) => replies.cancelled(person, outcome.cancelled, alreadyGone) }
    : { toPerson: ({ replies }) => replies.cancelTooLate(alreadyGone) };
};

export const CONTROLS = { pause, resume, retry, leave, resend, cancel };

/**
 * The handler of a control button, for the sender and administrators. Each acts once, however often it is
 * pressed.
 */
export function controlBatch(control: Control) {
  return async (request: RequestContext, click: Click): Promise<SlackMessage | null> => {
    const { slack, tenantId, person, words } = request;
    const pressed = readBatchValue(click.value);
    const batch = await getBatchSummary(slack.app, { tenantId, batchId: pressed.batchId });
    if (!batch) return plainReply(words.review.gone);
    const refused = refusal(request, 'cancel', batch);
    if (refused) return refused;
    const done = await control(slack.app, { ...pressed, tenantId, userId: person.id });
    if ('toPerson' in done) return plainReply(done.toPerson(words));
    return replyInThread(request, batch, (language) => done.toAll(language, `<@${person.slackUserId}>`));
  };
}
