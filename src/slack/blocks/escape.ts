/**
 * Makes text safe inside mrkdwn: nothing in it can ping a person or become a link. These three are
 * all the characters that Slack treats as control (docs.slack.dev, "Formatting message text").
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Cuts a text that is too long, between characters, and adds an ellipsis. `limit` is in UTF-16 units, as
 * Slack counts.
 */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/**
 * A short name or value as plain text, on one line. Without control characters and those that turn the direction of
 * writing: in front of others they would make a name look like another.
 */
export function plainLine(text: string, limit: number): string {
  const line = text.slice(0, 10 * limit).replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
  return clip(line.trim(), limit);
}

/** A short name or value in mrkdwn: escaped, clipped, on one line. */
export function inline(text: string, limit = 120): string {
  return escapeMrkdwn(clip(text.replace(/\s+/g, ' ').trim(), limit));
}
