import { memo } from 'react';
import type { SlackMessage } from '../api/wire';
import { Blocks } from '../blocks/blocks';
import { DisplayBlock } from '../blocks/display-block';
import { formatTime } from '../blocks/format-date';
import { useClock } from '../blocks/use-clock';
import { Avatar, BotMark } from '../frame/avatar';
import { threadHash } from '../store/route';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { FileList } from './file-list';

/** One message with its author, its time, and the link to its thread. */
export const MessageArticle = memo(function MessageArticle({
  message,
  replies,
  isHighlighted,
}: {
  message: SlackMessage;
  /** How many replies the link to the thread shows; 0 inside a thread. */
  replies: number;
  isHighlighted: boolean;
}) {
  const { conversation } = useWords();
  const clock = useClock();
  const author = useStore(({ page }) => page?.people.find(({ id }) => id === message.user));
  const botName = useStore(({ page }) => page?.bot.name ?? '');
  const name = author?.real_name ?? botName;
  const time = formatTime(Number(message.ts), clock);
  const isPrivate = message.ephemeral_to !== undefined;
  const classes = ['message', isPrivate && 'ephemeral', isHighlighted && 'highlighted'];
  const isBroadcast = message.subtype === 'thread_broadcast';
  return (
    <article
      id={`message-${message.ts}`}
      className={classes.filter(Boolean).join(' ')}
      aria-label={[name, time, isPrivate && conversation.onlyYou].filter(Boolean).join(', ')}
    >
      {author ? <Avatar person={author} /> : <BotMark />}
      <div className="message-body">
        {isPrivate && <p className="only-you">{conversation.onlyYou}</p>}
        {isBroadcast && message.thread_ts && (
          <p className="only-you">
            <a href={threadHash(message.channel, message.thread_ts)}>{conversation.broadcast}</a>
          </p>
        )}
        <p className="author">
          <strong>{name}</strong>
          {!author && <span className="app-tag">{conversation.app}</span>}
          <time dateTime={new Date(Number(message.ts) * 1000).toISOString()}>{time}</time>
          {message.edited && <small>{conversation.edited}</small>}
        </p>
        {message.blocks && message.blocks.length > 0 ? (
          <Blocks blocks={message.blocks} where={message.ts} />
        ) : (
          message.text && <DisplayBlock block={asSection(message.text)} />
        )}
        {message.files && <FileList files={message.files} />}
        {replies > 0 && (
          <a className="replies" href={threadHash(message.channel, message.ts)}>
            {conversation.replies(replies)}
          </a>
        )}
      </div>
    </article>
  );
});

function asSection(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}
