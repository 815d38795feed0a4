import type { SlackClients } from './slack-clients';

/** The id of the conversation in which the bot writes to one person alone. Throws Slack's faults. */
export async function openDirectMessage(slack: SlackClients, slackUserId: string): Promise<string> {
  const { channel } = await slack.client.conversations.open({ users: slackUserId });
  if (!channel?.id) throw new Error('Slack named no conversation for a direct message.');
  return channel.id;
}
