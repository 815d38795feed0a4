/** What the person looks at. It is part of the address, so that links and the back button work. */
export type Route =
  | { kind: 'start' }
  | { kind: 'home' }
  | { kind: 'channel'; channel: string; thread: string | null; message: string | null };

/** `#home`, `#C0GENERAL1`, `#C0GENERAL1/thread/<ts>`, `#C0GENERAL1/message/<ts>`. */
export function readRoute(hash: string): Route {
  const [channel, kind, ts] = decodeURIComponent(hash.replace(/^#/, '')).split('/');
  if (!channel) return { kind: 'start' };
  if (channel === 'home') return { kind: 'home' };
  return {
    kind: 'channel',
    channel,
    thread: kind === 'thread' && ts ? ts : null,
    message: kind === 'message' && ts ? ts : null,
  };
}

export const homeHash = '#home';
export const channelHash = (channel: string) => `#${channel}`;
export const threadHash = (channel: string, ts: string) => `#${channel}/thread/${ts}`;

/**
 * Slack's address of a message, `<workspace>/archives/<channel>/p<ts without its dot>`, as a hash of this
 * page, which has one workspace; null for any other address.
 */
export function hashOfPermalink(url: string): string | null {
  const found = /^https?:\/\/[^/]+\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(url);
  return found ? `#${found[1]}/message/${found[2]}.${found[3]}` : null;
}
