import { AS_WRITTEN, asApiBlocks, type SlackMessage } from '../blocks/block-kit';
import type { SlackClients } from './slack-clients';

/**
 * Replaces the whole of a message that the bot has posted. Throws Slack's faults, such as a message that is
 * gone.
 */
export async function editMessage(
  slack: SlackClients,
  at: { channelId: string; ts: string },
  message: SlackMessage,
): Promise<void> {
  await slack.client.chat.update({
    channel: at.channelId,
    ts: at.ts,
    text: message.text,
    blocks: asApiBlocks(message.blocks),
    ...AS_WRITTEN,
  });
}
