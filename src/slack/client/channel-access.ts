import type { webApi } from '@slack/bolt';
import type { ChannelAccess } from '../blocks/parts/review-blocks';
import { askSlack } from './ask-slack';

/**
 * Asks Slack whether the status message can go to a channel. `not_found` is also what Slack says of a private
 * channel that the bot is not in. Throws what is no fault of Slack.
 */
export async function checkChannelAccess(
  client: webApi.WebClient,
  channelId: string,
  withinMs?: number,
): Promise<ChannelAccess> {
  const answer = await askSlack(client.conversations.info({ channel: channelId }), withinMs);
  if (answer.kind !== 'answered') {
    return answer.kind === 'refused' && answer.error === 'channel_not_found' ? 'not_found' : 'unknown';
  }
  const { channel } = answer.value;
  // An answer that does not say who reads the channel is none.
  if (channel?.is_ext_shared === undefined) return 'unknown';
  if (channel.is_archived) return 'archived';
  // Once a channel is shared, the other organisation reads its older messages too.
  if (channel.is_ext_shared || channel.is_pending_ext_shared) return 'shared';
  return channel.is_member === false ? 'not_member' : 'ok';
}
