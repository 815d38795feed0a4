import type { SlackPost } from './slack-clients';

/** The id of the conversation in which the bot writes to one person alone. Throws Slack's faults. */
export async function openDirect(post: SlackPost, slackUserId: string): Promise<string> {
  const { channel } = await post.client.conversations.open({ users: slackUserId });
  if (!channel?.id) throw new Error('Slack named no conversation for a direct message.');
  return channel.id;
}
