import type { Encoding } from '../recipient';

/**
 * How plausible a text beyond ASCII is in an encoding, 0 to 1. In the encodings of East Asia nearly every character of a
 * real text is one of the common ones, which have blocks of their own: the first level of GB 2312, Big5 and JIS X 0208,
 * kana, hangul. In those of one byte, letters stand beside letters of the same script, capitals begin words, and symbols
 * stand apart.
 */
export function plausibilityOf(bytes: Uint8Array, encoding: Encoding): number {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, SAMPLE_BYTES), { stream: true });
  const judge = WIDE[encoding];
  return judge ? judgeWide(text, judge(encoding)) : judgeNarrow(text, NARROW[encoding] ?? LATIN);
}

const SAMPLE_BYTES = 64 * 1024;
const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const NARROW: Partial<Record<Encoding, RegExp>> = {
  'windows-1251': CYRILLIC,
  'koi8-r': CYRILLIC,
  'windows-1253': /\p{Script=Greek}/u,
  'windows-1256': /\p{Script=Arabic}/u,
};

type IsCommon = (character: string) => boolean;

const commonCharacters = new Map<Encoding, ReadonlySet<string>>();

const WIDE: Partial<Record<Encoding, (encoding: Encoding) => IsCommon>> = {
  gb18030: (encoding) => inSet(encoding, 0xb0, 0xd7, 0xa1, 0xfe),
  big5: (encoding) => inSet(encoding, 0xa4, 0xc6, 0x40, 0xfe),
  shift_jis: (encoding) => orKana(inSet(encoding, 0x88, 0x97, 0x40, 0xfc)),
  'euc-jp': (encoding) => orKana(inSet(encoding, 0xb0, 0xcf, 0xa1, 0xfe)),
  'euc-kr': (encoding) => inSet(encoding, 0xb0, 0xc8, 0xa1, 0xfe),
};

/** The characters whose two bytes are in these ranges. */
function inSet(encoding: Encoding, firstFrom: number, firstTo: number, from: number, to: number): IsCommon {
  let common = commonCharacters.get(encoding);
  if (!common) {
    const decoder = new TextDecoder(encoding);
    const found = new Set<string>();
    for (let first = firstFrom; first <= firstTo; first += 1) {
      for (let second = from; second <= to; second += 1) {
        const text = decoder.decode(Uint8Array.of(first, second));
        if (!text.includes('\ufffd')) found.add(text);
      }
    }
    common = found;
    commonCharacters.set(encoding, common);
  }
  const set = common;
  return (character) => set.has(character);
}

const KANA = /[\u3041-\u309f\u30a1-\u30ff]/;
const orKana =
  (isCommon: IsCommon): IsCommon =>
  (character) =>
    KANA.test(character) || isCommon(character);

/** What people write between characters of East Asia. */
const WIDE_SIGN = /[\u3000-\u303f\uff01-\uff60\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u00a0]/;

function judgeWide(text: string, isCommon: IsCommon): number {
  let seen = 0;
  let plausible = 0;
  for (const character of text) {
    if (character <= '\x7f') continue;
    seen += 1;
    if (isCommon(character)) plausible += 1;
    else if (WIDE_SIGN.test(character)) plausible += 0.5;
    else if (character === '\ufffd') plausible -= 1;
  }
  return seen === 0 ? 0 : Math.max(0, plausible / seen);
}

const LETTER = /\p{L}/u;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;
const DIGIT = /\d/;
/** Signs that stand apart from words, or between digits. */
const SIGN =
  /[\u00a0\u00a1\u00ab\u00b0\u00b7\u00bb\u00bf\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac\u00a3\u00a9\u00ae\u2116\u060c]/;
/** Letters of Latin languages that lists have often. Of the others each encoding has some that its neighbours lack. */
const USUAL = /[àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÿÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØŒÚÛÜ]/;

function judgeNarrow(text: string, script: RegExp): number {
  let seen = 0;
  let plausible = 0;
  let before = ' ';
  const characters = [...text];
  for (const [index, character] of characters.entries()) {
    if (character > '\x7f') {
      seen += 1;
      plausible += judgeCharacter(character, before, characters[index + 1] ?? ' ', script);
    }
    before = character;
  }
  return seen === 0 ? 0 : Math.max(0, plausible / seen);
}

const isForeign = (character: string) => character > '\x7f' && LETTER.test(character);

function judgeCharacter(character: string, before: string, after: string, script: RegExp): number {
  if (character === '\ufffd' || /\p{Cc}|\p{Co}|\p{Cn}/u.test(character)) return -1;
  if (SIGN.test(character))
    return LETTER.test(before) && LETTER.test(after) && character !== '\u2019' ? -0.5 : 0.8;
  if (!LETTER.test(character) || !script.test(character)) return -0.5;
  // Beside a digit there is no letter in a name or a number.
  if (DIGIT.test(before) || DIGIT.test(after)) return -0.5;
  if (UPPER.test(character) && LOWER.test(before)) return -0.2;
  const isBesideLetters = LETTER.test(before) || LETTER.test(after);
  if (script !== LATIN) return script.test(before) || script.test(after) ? 0.95 : 0.2;
  if (!isBesideLetters) return 0.2;
  // Hardly a word has two letters with accents side by side: that is another script.
  if (isForeign(before) || isForeign(after)) return 0.3;
  return USUAL.test(character) ? 0.85 : 0.6;
}
