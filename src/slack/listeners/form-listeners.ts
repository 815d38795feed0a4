import type {
  Context,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewOutput,
  ViewResponseAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Words } from '../../words/en';
import { noticeModal } from '../blocks/modals/notice';
import type { SlackClients } from '../client/slack-clients';
import { answerDelivery, type Delivery } from '../store/deliveries.sql';
import { deliveryOf, keptAnswer } from './delivery-of';
import { handleRequest } from './handle-request';
import type { Identification } from './identify-person';
import type { RequestContext } from './request-context';

/** Bolt's listeners of forms: as in bolt-listeners.ts, but the reply to a form is the acknowledgement itself. */

interface WithContext {
  context: Context;
}

const slackOf = (context: Context) => context.slack as SlackClients;

/** The reply to a form. `afterwards` runs once Slack has the acknowledgement. */
export interface FormReply {
  ack?: ViewResponseAction;
  afterwards?: () => Promise<unknown>;
}

/** On an error the form stays open with everything typed, and the text is shown under its first field. */
export function onSubmit(
  handle: (request: RequestContext, view: ViewOutput) => Promise<FormReply>,
  identification: Identification = 'recent',
) {
  return async ({
    ack,
    body,
    context,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & WithContext): Promise<void> => {
    const slack = slackOf(context);
    const delivery = deliveryOf(context, false);
    const asked = { userId: body.user.id, delivery, identification };
    const handled = await handleRequest(slack, asked, (request) => handle(request, view));
    if (handled.kind === 'repeated') return ack((handled.answer ?? undefined) as ViewResponseAction);
    const answer = handled.kind === 'done' ? handled.value.ack : apology(view, handled);
    if (delivery) await keep(slack, delivery, answer);
    await ack(answer);
    const afterwards = handled.kind === 'done' ? handled.value.afterwards : undefined;
    if (afterwards) await handleRequest(slack, { userId: body.user.id }, afterwards);
  };
}

/** A repeated delivery gets the same answer. Never throws: the person waits for this one. */
async function keep(
  { app, log }: SlackClients,
  { id }: Delivery,
  answer?: ViewResponseAction,
): Promise<void> {
  await answerDelivery(app.db, id, keptAnswer(answer)).catch((error: unknown) =>
    log.warn({ err: error }, 'the answer to a form could not be kept'),
  );
}

/** A closed modal gets no reply. */
export function onClose(
  handle: (request: RequestContext, view: ViewOutput) => Promise<void>,
  identification: Identification = 'recent',
) {
  return async ({
    ack,
    body,
    context,
    view,
  }: SlackViewMiddlewareArgs<ViewClosedAction> & WithContext): Promise<void> => {
    await ack();
    const asked = { userId: body.user.id, delivery: deliveryOf(context, true), identification };
    await handleRequest(slackOf(context), asked, (request) => handle(request, view));
  };
}

function apology(
  view: ViewOutput,
  { words, title, text, namesOwner }: { words: Words; title: string; text: string; namesOwner: boolean },
): ViewResponseAction {
  const input = namesOwner ? undefined : view.blocks.find((block) => block.type === 'input');
  return input?.block_id
    ? { response_action: 'errors', errors: { [input.block_id]: text } }
    : { response_action: 'push', view: noticeModal(words, title, text) };
}
