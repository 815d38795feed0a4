/** A cell may have 64 KiB: what names a column is at its beginning. */
const MAX_CHARACTERS = 200;
/** `do not contact`, `with country code`: an entry of a lexicon has at most this many words. */
const MAX_WORDS = 5;
/** Shorter parts of a longer word are mostly chance: `hotel` ends with `tel`, `todo` begins with `to`. */
const MIN_PART_CHARACTERS = 3;

const INVISIBLE = /\p{Cf}/gu;
/** `phoneNumber` and `SMSPhone`; `iPhone` is one word. */
const CAMEL_CASE = /(\p{Ll}\p{Ll})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu;
/** Accents, the vowel signs and lengthening of Arabic, and the dot under a letter in Hindi. */
const MARKS = /[\u0300-\u036f\u0640\u064b-\u0655\u093c]/g;
const LETTERS: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' },
  ...{ ة: 'ه', ى: 'ي', ی: 'ي', ک: 'ك' },
};
const SPECIAL_LETTERS = /[ßæœøłđıةىیک]/g;
/** Scripts that write words without blanks between them. */
const UNSPACED = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー\\p{sc=Hangul}\\p{sc=Thai}]';
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, 'u');
const WORD = new RegExp(`${UNSPACED}+|(?:(?!${UNSPACED})[\\p{L}\\p{M}])+|\\p{N}+`, 'gu');

/**
 * The words of a text's first 200 characters without case, accents, full-width forms and punctuation: `Téléphone_Nº 2`
 * becomes `telephone`, `no`, `2`. Chinese, Japanese, Korean and Thai give one word for letters without a blank.
 */
export function foldWords(text: string): string[] {
  const folded = text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(CAMEL_CASE, '$1$2 ')
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(SPECIAL_LETTERS, (letter) => LETTERS[letter] ?? letter);
  return folded.match(WORD) ?? [];
}

/** What words mean: folded and without blanks, to the kind of each. */
export interface Lexicon<Kind extends string> {
  kinds: Map<string, Kind>;
  /** Characters. */
  longest: number;
}

/** From lists of entries with blanks between them; an entry of several words has underscores: `do_not_contact`. */
export function createLexicon<Kind extends string>(lists: Record<Kind, string>): Lexicon<Kind> {
  const kinds = new Map<string, Kind>();
  for (const [kind, list] of Object.entries(lists) as [Kind, string][]) {
    for (const entry of list.split(/\s+/)) if (entry) kinds.set(foldWords(entry).join(''), kind);
  }
  return { kinds, longest: Math.max(...[...kinds.keys()].map((entry) => entry.length)) };
}

/** The kinds of a text's words, in their order; null for those that the lexicon does not know. */
export function kindsOf<Kind extends string>(text: string, lexicon: Lexicon<Kind>): (Kind | null)[] {
  const words = foldWords(text);
  const kinds: (Kind | null)[] = [];
  for (let index = 0; index < words.length; ) {
    const count = entryAt(words, index, lexicon);
    const entry = words.slice(index, index + Math.max(count, 1)).join('');
    if (count > 0) kinds.push(lexicon.kinds.get(entry) ?? null);
    else kinds.push(...kindsInWord(entry, lexicon));
    index += Math.max(count, 1);
  }
  return kinds;
}

/** How many words the longest entry has that begins with this one; 0 where there is none. */
function entryAt<Kind extends string>(words: string[], index: number, { kinds }: Lexicon<Kind>): number {
  for (let count = Math.min(MAX_WORDS, words.length - index); count > 0; count -= 1) {
    if (kinds.has(words.slice(index, index + count).join(''))) return count;
  }
  return 0;
}

/** `家长手机号` and `Kundennummer` have several entries; a word of other scripts must consist of them. */
function kindsInWord<Kind extends string>(word: string, lexicon: Lexicon<Kind>): (Kind | null)[] {
  const isUnspaced = STARTS_UNSPACED.test(word);
  const parts = divide(word, lexicon, isUnspaced ? 1 : MIN_PART_CHARACTERS);
  return isUnspaced || !parts.includes(null) ? parts : [null];
}

/** From the left, always the longest entry; null for each stretch between entries. */
function divide<Kind extends string>(
  word: string,
  { kinds, longest }: Lexicon<Kind>,
  shortest: number,
): (Kind | null)[] {
  const found: (Kind | null)[] = [];
  for (let start = 0; start < word.length; ) {
    let end = Math.min(word.length, start + longest);
    while (end >= start + shortest && !kinds.has(word.slice(start, end))) end -= 1;
    const isEntry = end >= start + shortest;
    if (isEntry) found.push(kinds.get(word.slice(start, end)) ?? null);
    else if (found.at(-1) !== null) found.push(null);
    start = isEntry ? end : start + 1;
  }
  return found;
}
