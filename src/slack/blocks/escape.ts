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
 * What makes a name look like another: control characters, those that turn the direction of writing, and those of no width.
 * The joiners (U+200C, U+200D) stay: Persian words and emoji are written with them.
 */
const UNSEEN = /[\s\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

/** A short name or value as plain text, on one line, without what would make it look like another. */
export function plainLine(text: string, limit: number): string {
  return clip(
    text
      .slice(0, 10 * limit)
      .replace(UNSEEN, ' ')
      .trim(),
    limit,
  );
}

/** The same in mrkdwn: escaped too. */
export function inline(text: string, limit = 120): string {
  return escapeMrkdwn(plainLine(text, limit));
}

/** The same as code. For text outside blocks, where Slack makes links of what looks like one, but never in code. */
export function inlineCode(text: string, limit = 120): string {
  return `\`${inline(text.replaceAll('`', "'"), limit)}\``;
}
