import type { webApi } from '@slack/bolt';
import type { ChannelAccess } from '../blocks/parts/review-blocks';
import { slackFaultOf } from './slack-fault';

/** Whether the report can go to a channel. A private channel that the bot is not in does not exist for it. */
export async function askChannelAccess(client: webApi.WebClient, channelId: string): Promise<ChannelAccess> {
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    if (channel?.is_archived) return 'archived';
    // One that is about to be shared will show what was said in it before.
    if (channel?.is_ext_shared || channel?.is_pending_ext_shared) return 'shared';
    return channel?.is_member === false ? 'not_member' : 'ok';
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault) throw error;
    return fault.kind === 'refused' && fault.error === 'channel_not_found' ? 'not_found' : 'unknown';
  }
}
