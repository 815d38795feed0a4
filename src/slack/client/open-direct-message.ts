import type { SlackClients } from './slack-clients';

/** Opens the direct message between the bot and one person. Returns its channel id. Throws Slack's faults. */
export async function openDirectMessage(slack: SlackClients, slackUserId: string): Promise<string> {
  const { channel } = await slack.client.conversations.open({ users: slackUserId });
  if (!channel?.id) throw new Error('Slack named no conversation for a direct message.');
  return channel.id;
}
