import type { SlackBlock } from '../blocks/block-kit';
import type { SlackContext } from '../slack-context';
import { botAuthor } from '../web-api/chat';
import { checkBlocks } from '../web-api/check-payload';
import { ApiRefusal } from '../web-api/refusal';
import type { SlackMessage } from '../workspace/shapes';
import type { ResponseTarget } from './response-urls';

/** A message for a `response_url`, or for the acknowledgement of a command. */
export interface MessageResponse {
  text?: string;
  blocks?: unknown;
  response_type?: 'ephemeral' | 'in_channel';
  replace_original?: boolean;
  delete_original?: boolean;
  thread_ts?: string;
}

/**
 * Applies a response: it replaces or deletes the original message, or becomes a new message, which is
 * ephemeral unless `response_type` says otherwise. Returns the message that the person then sees, if any.
 */
export function putResponse(
  slack: SlackContext,
  target: ResponseTarget,
  response: MessageResponse,
  where: string,
) {
  const { history, channels } = slack.workspace;
  const original = target.messageTs ? history.find(target.messageTs) : undefined;
  if (response.delete_original) {
    if (original) history.remove(original);
    return null;
  }
  const blocks = response.blocks === undefined ? undefined : checkBlocks(slack, where, response.blocks);
  if (!response.text && !blocks?.length) throw new ApiRefusal('no_text');
  const content = { text: response.text ?? '', ...(blocks?.length ? { blocks } : {}) };
  if (response.replace_original && original) return history.change(replaced(original, content));
  const channel = channels.find(target.channel);
  if (!channel) throw new ApiRefusal('channel_not_found');
  const threadTs = response.thread_ts ?? original?.thread_ts;
  return history.post(channel, {
    ...botAuthor(slack),
    ...content,
    ...(threadTs ? { thread_ts: threadTs } : {}),
    ...(response.response_type === 'in_channel' ? {} : { ephemeral_to: target.user }),
  });
}

function replaced(original: SlackMessage, content: { text: string; blocks?: SlackBlock[] }): SlackMessage {
  const { blocks: _old, ...kept } = original;
  return { ...kept, ...content };
}
