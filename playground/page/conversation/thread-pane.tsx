import { channelHash } from '../store/route';
import { useWords } from '../words/use-words';
import type { Channel } from './channel';
import { MessageArticle } from './message-article';

/** A message and the replies to it. It has no composer: Slack takes no commands in threads either. */
export function ThreadPane({ channel, root }: { channel: Channel; root: string }) {
  const { conversation } = useWords();
  const messages = channel.messages.filter(({ ts, thread_ts }) => ts === root || thread_ts === root);
  return (
    <aside className="thread" aria-label={conversation.thread}>
      <header className="pane-head">
        <h2>{conversation.thread}</h2>
        <a className="icon" href={channelHash(channel.id)} aria-label={conversation.closeThread}>
          ×
        </a>
      </header>
      <div className="message-list" role="log" aria-label={conversation.thread}>
        {messages.map((message) => (
          <MessageArticle key={message.ts} message={inThread(message)} replies={0} isHighlighted={false} />
        ))}
      </div>
    </aside>
  );
}

/** Inside its thread a reply is not marked as one. */
function inThread(message: Channel['messages'][number]) {
  if (message.subtype !== 'thread_broadcast') return message;
  const { subtype: _, ...reply } = message;
  return reply;
}
