import type { Events } from '../events';
import { withIds } from './block-ids';
import type { Channels } from './channels';
import type { Channel, SlackMessage } from './shapes';

/** Every message of the workspace in the order it was posted, ephemeral ones too. */
export function createHistory(parts: { events: Events; channels: Channels; nextTs: () => string }) {
  const { events, channels, nextTs } = parts;
  let messages: SlackMessage[] = [];

  return {
    /** What one person sees in a channel; without a person, what everybody sees. Threads are included. */
    in: (channelId: string, userId?: string) =>
      messages.filter(
        (message) =>
          message.channel === channelId &&
          (message.ephemeral_to === undefined || message.ephemeral_to === userId),
      ),
    all: () => [...messages],
    find: (ts: string) => messages.find((message) => message.ts === ts),
    post: (channel: Channel, draft: Omit<SlackMessage, 'type' | 'ts' | 'channel'>): SlackMessage => {
      const message: SlackMessage = { type: 'message', channel: channel.id, ts: nextTs(), ...draft };
      if (message.blocks) message.blocks = withIds(message.blocks);
      messages = [...messages, message];
      events.emit({ type: 'message', channel: channel.id, message });
      if (!message.ephemeral_to) channels.addUnread(channel, message.user);
      return message;
    },
    /** Replaces a message by its ts. */
    change: (message: SlackMessage): SlackMessage => {
      const changed = message.blocks ? { ...message, blocks: withIds(message.blocks) } : message;
      messages = messages.map((kept) => (kept.ts === changed.ts ? changed : kept));
      events.emit({ type: 'message_changed', channel: changed.channel, message: changed });
      return changed;
    },
    remove: (message: SlackMessage) => {
      messages = messages.filter((kept) => kept.ts !== message.ts);
      events.emit({ type: 'message_deleted', channel: message.channel, message });
    },
    restore: (kept: SlackMessage[]) => {
      messages = kept;
    },
  };
}
