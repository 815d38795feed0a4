import { asApiBlocks, type Message } from '../blocks/block-kit';
import type { Click } from '../listeners/bolt-listeners';
import type { RequestContext } from '../listeners/request';

/** Puts something else in the place of the message that was clicked: one of the bot's own direct messages. */
export async function editMessage({ slack }: RequestContext, click: Click, message: Message): Promise<void> {
  if (!click.message) return;
  const { channelId: channel, ts } = click.message;
  await slack.client.chat.update({ channel, ts, text: message.text, blocks: asApiBlocks(message.blocks) });
}
