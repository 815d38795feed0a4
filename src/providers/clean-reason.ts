/** Of what a provider wrote, this much is looked at: every step below is bounded by it. */
const READ_CHARACTERS = 1_000;
/** A sentence fits. Also the width of the columns that hold reasons. */
const MAX_CHARACTERS = 200;
/** Seven digits or more of any script, whatever signs are between them: phone numbers, and message ids, which nobody needs here. */
const LONG_NUMBER = /[+＋]?\p{N}(?:[^\p{L}\p{N}]{0,3}\p{N}){6,}/gu;
/** What a terminal takes for a colour or a move. Its first sign cannot be seen, but the rest would stay: `[31m`. */
const ANSI = /\p{Cc}\[[0-9;?]{0,20}[A-Za-z]/gu;
/** Slack's own form of a mention or a link. */
const SLACK_MARKUP = /<[!@#][^<>]{0,200}>/gu;
/** The sign alone is what a program turns into a mention. */
const MENTION_SIGN = /[@＠](?=[\p{L}\p{N}_])/gu;
const WITH_SCHEME = /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|mailto:|tel:|www\.)[^\s<>|]{1,300}/giu;
/** What programs take for a link: a name that ends as domains do. `expired.Please` is a sentence. */
const DOMAIN =
  /[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,5}\.(?:[a-z]{2,24}|COM|NET|ORG|CN|INFO|BIZ|TOP|XYZ|IO|CC|ME|APP)(?![\p{L}\p{N}])(?:[/?#:][^\s<>|]{0,300})?/gu;

/**
 * What a provider gave as a reason, safe to store, to log and to show: one line of at most 200 characters, without control,
 * invisible and direction characters, phone numbers, mentions and links. A code such as `DELIVRD` stays as it is.
 * Null where nothing is left.
 */
export function cleanReason(text: string | null): string | null {
  if (text === null) return null;
  const clean = text
    .slice(0, READ_CHARACTERS)
    .replace(ANSI, '')
    .replace(/\s/gu, ' ')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/ {2,}/g, ' ')
    .replace(SLACK_MARKUP, '')
    .replace(WITH_SCHEME, '[link]')
    .replace(DOMAIN, '[link]')
    .replace(LONG_NUMBER, '[number]')
    .replace(MENTION_SIGN, '')
    .trim();
  return [...clean].slice(0, MAX_CHARACTERS).join('') || null;
}
