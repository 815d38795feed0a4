import shortcodes from './emoji-shortcodes.json';

/**
 * In Slack a person chooses an emoji by its shortcode, `:tada:`, or with a skin tone `:wave::skin-tone-3:`. On a phone
 * these would arrive as letters. Custom emoji may have names in any script.
 */
const SHORTCODE = /:([\p{Ll}\p{Lo}\p{M}\d_+'-]{1,100}):(?::skin-tone-([2-6](?:-[2-6])?):)?/gu;
const NOT_ASCII = /[^ -~]/;
/** Those of `:x:` and `:100:`, which may also be part of `a:x:c` and `1:100:3`. */
const SHORT_NAME = /^(?:.|\d+)$/u;

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** Without the letters of Chinese, Thai and others, which write no blank before an emoji. */
const CASED_LETTER_OR_DIGIT = /[\p{LC}\p{N}]/u;

const SKIN_TONES: Record<string, string> = { 2: '🏻', 3: '🏼', 4: '🏽', 5: '🏾', 6: '🏿' };
const MAX_UNKNOWN = 10;

/** Slack's own, which emoji-data does not have (https://docs.slack.dev/reference/methods/emoji.list). */
const SLACK_NAMES = { simple_smile: '🙂', white_square: '⬜', black_square: '⬛' };

/**
 * By name. The table is made of emoji-datasource 16.0.0 (https://github.com/iamcal/emoji-data, whose names are Slack's;
 * MIT, Copyright (c) 2013 Cal Henderson).
 */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(shortcodes),
  ...Object.entries(SLACK_NAMES),
]);

/** What looks like a shortcode. */
interface Shortcode {
  start: number;
  end: number;
  name: string;
  /** Null: a custom emoji of the workspace, or no emoji is meant. */
  characters: string | null;
}

/** The text with the character in place of each shortcode that has one; all else as it is. */
export function replaceShortcodes(text: string): string {
  let replaced = '';
  let done = 0;
  for (const { start, end, characters } of findShortcodes(text)) {
    if (characters === null) continue;
    replaced += text.slice(done, start) + characters;
    done = end;
  }
  return replaced + text.slice(done);
}

/**
 * The shortcodes that `replaceShortcodes` leaves, such as those of custom emoji: with their colons, in order, each once,
 * at most 10. Without those of digits alone, as in 10:30:45, and those that seem to be words between two colons.
 */
export function findUnknownShortcodes(text: string): string[] {
  const unknown = new Set<string>();
  for (const shortcode of findShortcodes(text)) {
    if (shortcode.characters === null && isMeantAsEmoji(text, shortcode)) unknown.add(`:${shortcode.name}:`);
    if (unknown.size === MAX_UNKNOWN) break;
  }
  return [...unknown];
}

/** Not the middle of `a:b:c` or of `时间:周五地点:店里`. */
function isMeantAsEmoji(text: string, { start, end, name }: Shortcode): boolean {
  if (!/\p{L}/u.test(name)) return false;
  const isDoubtful = SHORT_NAME.test(name) || NOT_ASCII.test(name);
  return !isDoubtful || !neighbours(text, start, end).every((one) => LETTER_OR_DIGIT.test(one));
}

/** From left to right. The colon after one that stays may begin the next, as in `now:tada:`. */
function* findShortcodes(text: string): Generator<Shortcode> {
  let from = 0;
  for (;;) {
    SHORTCODE.lastIndex = from;
    const match = SHORTCODE.exec(text);
    if (!match) return;
    const found = readShortcode(text, match);
    yield found;
    from = found.characters === null ? found.end - 1 : found.end;
  }
}

/** A tone that the emoji cannot have is a shortcode of its own: the emoji, and the tone as a patch beside it. */
function readShortcode(text: string, match: RegExpExecArray): Shortcode {
  const [whole, name = '', tone] = match;
  const start = match.index;
  const toned = tone ? withTone(name, tone) : null;
  if (toned) return { start, end: start + whole.length, name, characters: toned };
  const end = start + name.length + 2;
  const mayBePart =
    SHORT_NAME.test(name) && neighbours(text, start, end).some((one) => CASED_LETTER_OR_DIGIT.test(one));
  return { start, end, name, characters: mayBePart ? null : (CHARACTERS.get(name) ?? null) };
}

/** Unicode Technical Standard 51, 2.4: the tone comes after the person, in place of a variation selector. */
function withTone(name: string, tone: string): string | null {
  const pair = CHARACTERS.get(`${name}::skin-tone-${tone}`);
  if (pair) return pair;
  const [person = '', modifier] = [CHARACTERS.get(name), SKIN_TONES[tone]];
  if (!modifier || !/^\p{Emoji_Modifier_Base}/u.test(person)) return null;
  return person.replace(/^(.)\uFE0F?/u, (_, base: string) => base + modifier);
}

/** The characters on both sides, each empty at an end of the text. */
function neighbours(text: string, start: number, end: number): string[] {
  return [text[start - 1] ?? '', text[end] ?? ''];
}
