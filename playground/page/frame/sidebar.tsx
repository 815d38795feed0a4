import type { PageState } from '../api/wire';
import { channelHash, homeHash } from '../store/route';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { BotMark } from './avatar';

/** The channels, the direct messages and the App Home that the person can open. */
export function Sidebar() {
  const { sidebar } = useWords();
  const page = useStore((state) => state.page);
  const route = useStore((state) => state.route);
  if (!page) return null;
  const channels = page.channels.filter(({ is_im }) => !is_im);
  const direct = page.channels.filter(({ is_im }) => is_im);
  const isAt = (id: string) => route.kind === 'channel' && route.channel === id;
  return (
    <nav className="sidebar" aria-label={sidebar.label}>
      <p className="team">{page.team.name}</p>
      <h2>{sidebar.channels}</h2>
      <ul>
        {channels.map((channel) => (
          <ChannelLink key={channel.id} channel={channel} isHere={isAt(channel.id)} />
        ))}
      </ul>
      <h2>{sidebar.direct}</h2>
      <ul>
        {direct.map((channel) => (
          <ChannelLink
            key={channel.id}
            channel={{ ...channel, name: page.bot.name }}
            isHere={isAt(channel.id)}
          />
        ))}
      </ul>
      <h2>{sidebar.apps}</h2>
      <ul>
        <li>
          <a href={homeHash} aria-current={route.kind === 'home' ? 'page' : undefined}>
            <BotMark />
            <span>{sidebar.home}</span>
          </a>
        </li>
      </ul>
    </nav>
  );
}

function ChannelLink({ channel, isHere }: { channel: PageState['channels'][number]; isHere: boolean }) {
  const { sidebar } = useWords();
  const { name, unread } = channel;
  const sign = channel.is_im ? (
    <BotMark />
  ) : (
    <span aria-hidden="true">{channel.is_private ? '🔒' : '#'}</span>
  );
  return (
    <li>
      <a
        href={channelHash(channel.id)}
        aria-current={isHere ? 'page' : undefined}
        className={unread > 0 ? 'unread' : undefined}
      >
        {sign}
        <span>{name}</span>
        {channel.is_archived && <small>{sidebar.archived}</small>}
        {unread > 0 && (
          <span className="count" role="img" aria-label={sidebar.unread(unread)}>
            {unread}
          </span>
        )}
      </a>
    </li>
  );
}
