import { useEffect } from 'react';
import type { Route } from '../store/route';
import { useAct } from '../store/use-act';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import type { Channel } from './channel';
import { Composer } from './composer';
import { MessageList } from './message-list';
import { ThreadPane } from './thread-pane';

type ChannelRoute = Extract<Route, { kind: 'channel' }>;

/** One channel: its messages, the composer, and the open thread beside them. */
export function Conversation({ route }: { route: ChannelRoute }) {
  const { conversation } = useWords();
  const channel = useStore(({ page }) => page?.channels.find(({ id }) => id === route.channel));
  const botName = useStore(({ page }) => page?.bot.name ?? '');
  if (!channel) {
    return (
      <p role="status" className="empty">
        {conversation.noSuchChannel}
      </p>
    );
  }
  const name = channel.is_im ? botName : `#${channel.name}`;
  const thread = route.thread ?? threadOf(channel, route.message);
  return (
    <div className={thread ? 'conversation-and-thread' : 'conversation-alone'}>
      <section className="conversation" aria-label={name}>
        <ChannelHead channel={channel} name={name} />
        <MessageList channel={channel} name={name} highlight={route.message} />
        <Composer channel={channel} name={name} />
      </section>
      {thread && <ThreadPane channel={channel} root={thread} />}
    </div>
  );
}

function ChannelHead({ channel, name }: { channel: Channel; name: string }) {
  const { conversation, sidebar } = useWords();
  const botId = useStore(({ page }) => page?.bot.userId ?? '');
  useReading(channel);
  const people = channel.members.filter((id) => id !== botId);
  const notes = [
    ...(channel.is_private ? [sidebar.private] : []),
    ...(channel.is_archived ? [sidebar.archived] : []),
    ...(channel.is_im ? [] : [conversation.members(people.length)]),
    ...(channel.is_im || channel.members.includes(botId) ? [] : [sidebar.noBot]),
  ];
  return (
    <header className="pane-head">
      <h2>{name}</h2>
      <small>{notes.join(' · ')}</small>
    </header>
  );
}

/** Marks the open channel as read. */
function useReading({ id, unread }: Channel) {
  const act = useAct();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `act` is a new function at each render.
  useEffect(() => {
    if (unread > 0 && document.visibilityState === 'visible') void act('read', { channel: id });
  }, [id, unread]);
}

/** The thread of the reply that a link points at. */
function threadOf({ messages }: Channel, ts: string | null): string | null {
  const root = messages.find((message) => message.ts === ts)?.thread_ts;
  return root && root !== ts ? root : null;
}
