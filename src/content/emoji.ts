import shortcodes from './emoji-shortcodes.json';

/**
 * Slack writes an emoji that somebody chose as `:tada:`, with a skin tone as `:wave::skin-tone-3:`. A name of digits or
 * of one or two letters counts only apart from letters and digits: `1:100:3` and `a:b:c` are no emoji.
 */
const SHORTCODE = /(?<![a-z0-9]):([a-z0-9_+'-]{1,100}):(?::skin-tone-([2-6]):)?/gi;
const SHORTCODE_INSIDE_TEXT = /:([a-z0-9_+'-]{1,100}):(?::skin-tone-([2-6]):)?/gi;
const MAX_UNKNOWN = 10;
/** Skin tone 2 of Slack is the first one of Unicode. */
const FIRST_TONE = 0x1f3fb;
const VARIATION_SELECTOR = '\ufe0f';

/**
 * Slack's names, which are those of iamcal/emoji-data, with their characters. The table is made of emojibase-data 17.0.0
 * (MIT): en/shortcodes/iamcal.json and en/compact.json.
 */
const CHARACTERS: ReadonlyMap<string, string> = new Map(Object.entries(shortcodes));

const characterOf = (name: string): string | null => CHARACTERS.get(name.toLowerCase()) ?? null;

/** The text with the character of each shortcode that has one. */
export function replaceShortcodes(text: string): string {
  return text.replace(SHORTCODE_INSIDE_TEXT, (code, name: string, tone: string | undefined, at: number) => {
    const character = characterOf(name);
    if (!character || (!isWord(name) && !standsAlone(text, at, code.length))) return code;
    return tone ? withTone(character, Number(tone)) : character;
  });
}

/** Shortcodes without a character, such as a workspace's own emoji: they arrive as letters. Each once, at most ten. */
export function findUnknownShortcodes(text: string): string[] {
  const found = [...text.matchAll(SHORTCODE)]
    .filter(([, name = '']) => isWord(name) && !characterOf(name))
    .map(([, name]) => `:${name}:`);
  return [...new Set(found)].slice(0, MAX_UNKNOWN);
}

const isWord = (name: string) => /[a-z]/i.test(name) && name.length > 2;

function standsAlone(text: string, at: number, length: number): boolean {
  const isLetter = (character: string | undefined) => /[\p{L}\p{N}]/u.test(character ?? '');
  return !isLetter(text[at - 1]) && !isLetter(text[at + length]);
}

/** The tone follows the first character, and takes the place of a selector that asks for colour. */
function withTone(character: string, tone: number): string {
  const [first = '', ...rest] = character;
  const others = rest[0] === VARIATION_SELECTOR ? rest.slice(1) : rest;
  return `${first}${String.fromCodePoint(FIRST_TONE + tone - 2)}${others.join('')}`;
}
