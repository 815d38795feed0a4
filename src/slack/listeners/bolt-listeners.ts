import type {
  BlockAction,
  ButtonAction,
  Context,
  GlobalShortcut,
  RespondFn,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import { ErrorCode } from '@slack/bolt';
import type { Words } from '../../words/en';
import { homeNotice } from '../blocks/app-home';
import { asApiBlocks, type SlackMessage } from '../blocks/block-kit';
import { plainReply } from '../blocks/messages/replies';
import { noticeModal } from '../blocks/modals/notice';
import type { SlackClients } from '../client/slack-clients';
import { deliveryOf } from './delivery-of';
import { type HandledRequest, handleRequest } from './handle-request';
import type { Identification } from './identify-person';
import type { RequestContext } from './request-context';

/**
 * Bolt's listeners. Each wraps a handler that reads the payload, decides, calls one verb and returns a reply, a private
 * message. Those of forms are in form-listeners.ts.
 */

interface WithContext {
  context: Context;
}

/** The clients of the workspace that the request comes from: slack-app.ts puts them there. */
const slackOf = (context: Context) => context.slack as SlackClients;

export interface Command {
  text: string;
  triggerId: string;
}

/** Acknowledges at once, since Slack waits only 3 s. The reply follows. */
export function onCommand(
  handle: (request: RequestContext, command: Command) => Promise<SlackMessage | null>,
  identificationFor: (command: Command) => Identification = () => 'recent',
) {
  return async ({
    ack,
    command,
    context,
    respond,
  }: SlackCommandMiddlewareArgs & WithContext): Promise<void> => {
    await ack();
    const call = { text: command.text, triggerId: command.trigger_id };
    const delivery = deliveryOf(context, true);
    const asked = { userId: command.user_id, delivery, identification: identificationFor(call) };
    const reply = replyOf(await handleRequest(slackOf(context), asked, (request) => handle(request, call)));
    if (reply) await respondPrivately(respond, reply, {});
  };
}

/** A shortcut belongs to no channel, so the reply is a modal. */
export function onShortcut(
  handle: (request: RequestContext, triggerId: string) => Promise<SlackMessage | null>,
) {
  return async ({
    ack,
    context,
    shortcut,
  }: SlackShortcutMiddlewareArgs<GlobalShortcut> & WithContext): Promise<void> => {
    await ack();
    const asked = { userId: shortcut.user.id, delivery: deliveryOf(context, true) };
    const handled = await handleRequest(slackOf(context), asked, (request) =>
      handle(request, shortcut.trigger_id),
    );
    const reply = replyOf(handled);
    if (reply) await openNotice(slackOf(context), handled.words, shortcut.trigger_id, reply);
  };
}

/** A click on a button. `message` is null in a modal and in App Home; `viewId` is null in a message. */
export interface Click {
  value: string;
  triggerId: string;
  message: { channelId: string; ts: string; isEphemeral: boolean } | null;
  viewId: string | null;
  /** Something for the person alone, before the reply. Never throws: the reply follows in any case. */
  tell(message: SlackMessage): Promise<void>;
  /** Replaces the message that has the button. */
  replace(message: SlackMessage): Promise<void>;
}

/**
 * Acknowledges at once. The reply goes to the channel of the button, visible to the person alone, or into a
 * modal.
 */
export function onClick(
  handle: (request: RequestContext, click: Click) => Promise<SlackMessage | null>,
  identification: Identification = 'recent',
) {
  return async (args: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & WithContext): Promise<void> => {
    const { ack, action, body, context, respond } = args;
    await ack();
    const channelId = body.channel?.id ?? body.container.channel_id;
    const ts = body.message?.ts ?? body.container.message_ts;
    const click: Click = {
      value: action.value ?? '',
      triggerId: body.trigger_id,
      message: channelId && ts ? { channelId, ts, isEphemeral: body.container.is_ephemeral === true } : null,
      viewId: body.view?.id ?? null,
      tell: async (message) => {
        if (!body.response_url) return;
        await respondPrivately(respond, message, { replace_original: false }).catch((error: unknown) =>
          slackOf(context).log.warn({ err: error }, 'a person could not be told what is being done'),
        );
      },
      replace: async (message) => {
        await respondPrivately(respond, message, { replace_original: true });
      },
    };
    const asked = { userId: body.user.id, delivery: deliveryOf(context, true), identification };
    const handled = await handleRequest(slackOf(context), asked, (request) => handle(request, click));
    const reply = replyOf(handled);
    if (!reply) return;
    if (body.response_url) {
      await respondPrivately(respond, reply, { replace_original: false });
    } else {
      await openNotice(slackOf(context), handled.words, body.trigger_id, reply);
    }
  };
}

/** The Messages tab sends the same event; we draw only the Home tab. */
export function onHomeOpened(handle: (request: RequestContext) => Promise<void>) {
  return async ({
    context,
    event,
  }: SlackEventMiddlewareArgs<'app_home_opened'> & WithContext): Promise<void> => {
    if (event.tab !== 'home') return;
    const asked = { userId: event.user, delivery: deliveryOf(context, true) };
    const slack = slackOf(context);
    const handled = await handleRequest(slack, asked, handle);
    if (handled.kind === 'refused' && handled.isBlocked) await publishBlocked(slack, handled, event.user);
  };
}

function replyOf(handled: HandledRequest<SlackMessage | null>): SlackMessage | null {
  // What was delivered before has its reply.
  if (handled.kind === 'repeated') return null;
  return handled.kind === 'done' ? handled.value : plainReply(handled.text);
}

/**
 * Replies to the person alone. If Slack refuses blocks that the workspace does not support, sends plainer
 * ones.
 */
async function respondPrivately(
  respond: RespondFn,
  message: SlackMessage,
  more: { replace_original?: boolean },
): Promise<void> {
  try {
    await respond({ ...forApi(message), ...more, response_type: 'ephemeral' });
  } catch (error) {
    if (!message.plainer || !isRefused(error)) throw error;
    await respond({ ...forApi(message.plainer), ...more, response_type: 'ephemeral' });
  }
}

/**
 * Bolt does not export the error class of `respond`, but it has a code. Only a 4xx proves that nothing was shown: after a
 * 5xx a second reply may be one too many.
 */
const isRefused = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  error.code === ErrorCode.RespondError &&
  'statusCode' in error &&
  /^4\d\d$/.test(String(error.statusCode));

const forApi = ({ text, blocks }: SlackMessage) => ({ text, blocks: asApiBlocks(blocks) });

/** What the person saw in App Home before they were blocked gives way to the words. */
async function publishBlocked(
  slack: SlackClients,
  { words, text }: { words: Words; text: string },
  userId: string,
): Promise<void> {
  await slack.client.views
    .publish({ user_id: userId, view: homeNotice(words, text) })
    .catch((error: unknown) => slack.log.warn({ err: error }, 'App Home could not be shown'));
}

/** Shows a reply in a modal, for a shortcut or a click outside a channel. */
async function openNotice(
  slack: SlackClients,
  words: Words,
  triggerId: string,
  { text }: SlackMessage,
): Promise<void> {
  try {
    await slack.opener.views.open({
      trigger_id: triggerId,
      view: noticeModal(words, words.home.title, text),
    });
  } catch (error) {
    slack.log.warn({ err: error }, 'a reply could not be shown');
  }
}
