import type { Events } from '../events';
import { newId } from '../ids';
import type { ChannelOptions, Settings } from '../slack-options';
import { BOT } from './bot-ids';
import type { Channel } from './shapes';

export type Channels = ReturnType<typeof createChannels>;

/** Channels and direct messages, and how many messages each person has not read in them. */
export function createChannels(settings: Settings, events: Events) {
  const everybody = settings.people.map((person) => person.id);
  const byId = new Map(settings.channels.map((options) => [options.id, toChannel(options, everybody)]));
  const unread = new Map<string, number>();

  const setUnread = (user: string, channel: string, count: number) => {
    unread.set(`${user} ${channel}`, count);
    events.emit({ type: 'unread', user, channel, count });
  };
  const unreadOf = (user: string, channel: string) => unread.get(`${user} ${channel}`) ?? 0;

  return {
    list: () => [...byId.values()],
    find: (id: string) => byId.get(id),
    findByName: (name: string) =>
      [...byId.values()].find((channel) => !channel.is_im && channel.name === name),
    put: (channel: Channel) => {
      byId.set(channel.id, channel);
      events.emit({ type: 'channel', channel: channel.id });
    },
    /** The direct messages between the bot and a person; made when first asked for. */
    direct: (userId: string): Channel => {
      const known = [...byId.values()].find((channel) => channel.is_im && channel.members.includes(userId));
      if (known) return known;
      const made = { ...toChannel({ id: newId('D'), name: '' }, [userId]), is_im: true };
      byId.set(made.id, made);
      events.emit({ type: 'channel', channel: made.id });
      return made;
    },
    unreadOf,
    addUnread: (channel: Channel, exceptUser: string) => {
      for (const user of channel.members) {
        if (user !== exceptUser && user !== BOT.userId) {
          setUnread(user, channel.id, unreadOf(user, channel.id) + 1);
        }
      }
    },
    markRead: (user: string, channel: string) => setUnread(user, channel, 0),
    /** By `<user> <channel>`. */
    unreads: () => [...unread].filter(([, count]) => count > 0),
    restoreUnreads: (kept: [string, number][]) => {
      for (const [key, count] of kept) unread.set(key, count);
    },
  };
}

function toChannel(options: ChannelOptions, everybody: string[]): Channel {
  const people = options.members ?? everybody;
  return {
    id: options.id,
    name: options.name,
    is_private: options.is_private ?? false,
    is_im: false,
    is_archived: options.is_archived ?? false,
    is_ext_shared: options.is_ext_shared ?? false,
    created: 0,
    members: options.bot === false ? [...people] : [...people, BOT.userId],
  };
}
