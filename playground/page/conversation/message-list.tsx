import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { SlackMessage } from '../api/wire';
import { formatDay } from '../blocks/format-date';
import { useClock } from '../blocks/use-clock';
import { useWords } from '../words/use-words';
import type { Channel } from './channel';
import { MessageArticle } from './message-article';

/** The messages of a channel, oldest first, scrolled to the end as long as the person is there. */
export function MessageList({
  channel,
  name,
  highlight,
}: {
  channel: Channel;
  name: string;
  highlight: string | null;
}) {
  const { conversation } = useWords();
  const clock = useClock();
  const list = useRef<HTMLDivElement>(null);
  const shown = channel.messages.filter(isInChannel);
  useStayAtEnd(list, channel.messages);
  useEffect(() => {
    if (highlight) document.getElementById(`message-${highlight}`)?.scrollIntoView({ block: 'center' });
  }, [highlight]);
  return (
    <div className="message-list" role="log" aria-label={conversation.messages(name)} ref={list}>
      {shown.length === 0 && <Beginning channel={channel} name={name} />}
      {shown.map((message, index) => {
        const day = formatDay(Number(message.ts), clock);
        const before = shown[index - 1];
        const isNewDay = !before || formatDay(Number(before.ts), clock) !== day;
        return (
          <div key={message.ts}>
            {isNewDay && <h3 className="day">{day}</h3>}
            <MessageArticle
              message={message}
              replies={repliesTo(channel.messages, message.ts)}
              isHighlighted={message.ts === highlight}
            />
          </div>
        );
      })}
    </div>
  );
}

function Beginning({ channel, name }: { channel: Channel; name: string }) {
  const { conversation } = useWords();
  return (
    <div className="empty">
      <strong>{conversation.empty(name)}</strong>
      <p>{channel.is_im ? conversation.emptyDirect : conversation.emptyHint}</p>
    </div>
  );
}

/** Replies stay in their thread unless they were sent to the channel too. */
function isInChannel({ ts, thread_ts, subtype }: SlackMessage): boolean {
  return !thread_ts || thread_ts === ts || subtype === 'thread_broadcast';
}

function repliesTo(messages: SlackMessage[], ts: string): number {
  return messages.filter((message) => message.thread_ts === ts && message.ts !== ts).length;
}

const NEAR_PX = 120;

/** Follows new and growing messages, unless the person has scrolled up to read. */
function useStayAtEnd(list: RefObject<HTMLDivElement | null>, messages: SlackMessage[]) {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    };
    element.addEventListener('scroll', look);
    // The tour and the drawer make the list shorter, and longer again when they close.
    const resized = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTo({ top: element.scrollHeight });
    });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the messages is the trigger.
  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [messages]);
}
