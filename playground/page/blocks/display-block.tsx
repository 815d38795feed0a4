import { type ComponentProps, memo, useMemo } from 'react';
import { Message } from 'slack-blocks-to-jsx';
import { hashOfPermalink } from '../store/route';
import { useStore } from '../store/use-store';
import { useTheme } from '../store/use-theme';
import { formatSlackDate } from './format-date';
import { useClock } from './use-clock';

type LibraryProps = ComponentProps<typeof Message>;
type Hooks = NonNullable<LibraryProps['hooks']>;

/** A block without controls. The library draws it; we resolve names, dates and links. */
export const DisplayBlock = memo(function DisplayBlock({ block }: { block: object }) {
  const people = useStore(({ page }) => page?.people);
  const bot = useStore(({ page }) => page?.bot);
  const channels = useStore(({ page }) => page?.channels);
  const data = useMemo(
    () => ({
      users: [...(people ?? []), { id: bot?.userId ?? '', name: bot?.name ?? '' }],
      channels: channels ?? [],
    }),
    [people, bot, channels],
  );
  const drawn = useMemo(() => asLibraryDraws(block), [block]);
  const clock = useClock();
  const theme = useTheme();
  const date: Hooks['date'] = ({ timestamp, format }) => (
    <time dateTime={new Date(Number(timestamp) * 1000).toISOString()}>
      {formatSlackDate(Number(timestamp), format, clock)}
    </time>
  );
  return (
    <Message
      withoutWrapper
      name=""
      logo=""
      theme={theme}
      blocks={[drawn] as LibraryProps['blocks']}
      data={data}
      hooks={{ date, link: drawLink }}
    />
  );
});

/**
 * Without `verbatim`: Slack then makes no links of its own and draws the rest, but the library draws the text as it is, with
 * all its stars and angle brackets.
 */
function asLibraryDraws(block: object): object {
  return JSON.parse(JSON.stringify(block, (key, value) => (key === 'verbatim' ? undefined : value)));
}

/** A link to a message of this workspace opens it on this page. Any other link opens a new tab. */
const drawLink: NonNullable<Hooks['link']> = ({ href, children }) => {
  const hash = hashOfPermalink(href);
  return hash ? (
    <a href={hash}>{children}</a>
  ) : (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
};
