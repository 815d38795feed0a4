import type { AppContext } from '../../../batches/app-context';
import { cancelBatch } from '../../../batches/control/cancel-batch';
import { pauseBatch, resumeBatch } from '../../../batches/control/pause-batch';
import { leaveUncertain } from '../../../batches/control/send-again';
import type { Actor } from '../../../tenants/actor';
import type { Words } from '../../../words/en';
import type { SlackMessage } from '../../blocks/block-kit';
import { type Pressed, readBatchValue } from '../../blocks/ids';
import { plainReply } from '../../blocks/messages/replies';
import { getShownBatch } from '../../store/shown-batches';
import { answerOutdated } from '../answer-outdated';
import type { Click } from '../bolt-listeners';
import { replyInThread } from '../reply-in-thread';
import type { RequestContext } from '../request-context';

/** For all in the thread, or, if nothing happened, for the person alone. */
type Reply = { toAll: (words: Words, person: string) => string } | { toPerson: (words: Words) => string };

/** Does something to a batch. Returns the reply, or that the button was drawn from an earlier state. */
type Control = (app: AppContext, actor: Actor, pressed: Pressed) => Promise<Reply | 'outdated'>;

const pause: Control = async (app, actor, pressed) => {
  const { kind } = await pauseBatch(app, actor, pressed.batchId, pressed);
  if (kind === 'outdated') return kind;
  return kind === 'paused'
    ? { toAll: ({ replies }, person) => replies.paused(person) }
    : { toPerson: ({ replies }) => replies.notRunning };
};

const resume: Control = async (app, actor, pressed) => {
  const { kind } = await resumeBatch(app, actor, pressed.batchId, pressed);
  if (kind === 'outdated') return kind;
  return kind === 'resumed'
    ? { toAll: ({ replies }, person) => replies.resumed(person) }
    : { toPerson: ({ replies }) => replies.notPaused };
};

const leave: Control = async (app, actor, pressed) => {
  const { kind } = await leaveUncertain(app, actor, pressed);
  if (kind === 'outdated') return kind;
  return kind === 'left'
    ? { toAll: ({ replies }, person) => replies.left(person) }
    : { toPerson: ({ replies }) => replies.nobodyUncertain };
};

const cancel: Control = async (app, actor, pressed) => {
  const outcome = await cancelBatch(app, actor, pressed.batchId, pressed);
  if (outcome.kind === 'outdated') return outcome.kind;
  if (outcome.kind === 'not_found') return { toPerson: ({ review }) => review.gone };
  const { alreadyGone } = outcome;
  return outcome.kind === 'cancelled'
    ? { toAll: ({ replies }, person) => replies.cancelled(person, outcome.cancelled, alreadyGone) }
    : { toPerson: ({ replies }) => replies.cancelTooLate(alreadyGone) };
};

export const CONTROLS = { pause, resume, leave, cancel };

/**
 * The handler of a control button, for the sender and administrators. Each acts once, however often it is
 * pressed.
 */
export function controlBatch(control: Control) {
  return async (request: RequestContext, click: Click): Promise<SlackMessage | null> => {
    const { slack, actor, person, words } = request;
    const pressed = readBatchValue(click.value);
    const batch = await getShownBatch(slack.app, actor, pressed.batchId);
    if (!batch) return plainReply(words.review.gone);
    const done = await control(slack.app, actor, pressed);
    if (done === 'outdated') return answerOutdated(request, click, pressed.batchId);
    if ('toPerson' in done) return plainReply(done.toPerson(words));
    return replyInThread(request, batch, (language) => done.toAll(language, `<@${person.slackUserId}>`));
  };
}
