/** GSM 03.38 (3GPP TS 23.038, 6.2.1): the basic alphabet, one septet a character. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table (6.2.1.1): two septets each, an escape and the character. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** A segment has 140 bytes. In a text of several, 6 of them are the header that joins them. */
const UNITS = {
  'GSM-7': { alone: 160, joined: 153 },
  'UCS-2': { alone: 70, joined: 67 },
} as const;

const MAX_UCS2_CHARACTERS = 20;
/** With more of its letters outside GSM-7, a text is written in another script. */
const MAX_FOREIGN_LETTERS_SHARE = 0.2;

interface SegmentCount {
  encoding: 'GSM-7' | 'UCS-2';
  /** Charged for each recipient; 0 for an empty text. */
  segments: number;
  /** Septets in GSM-7, UTF-16 code units in UCS-2. */
  units: number;
  /** The capacity of each of these segments. */
  unitsPerSegment: number;
  /** The characters outside GSM-7 as people see them (`👋🏽` is one), each once, in order, at most 20. */
  ucs2Characters: string[];
  /** Whether the text could be written without them: signs (a curly quote, an emoji) or a few letters, but not Chinese. */
  isNearlyGsm7: boolean;
}

/** Counts the segments of a text. The end of a segment never splits an extended character or a surrogate pair. */
export function countSegments(text: string): SegmentCount {
  const characters = [...text];
  const foreign = characters.filter(isForeign);
  const encoding = foreign.length > 0 ? 'UCS-2' : 'GSM-7';
  const widths = characters.map((character) => unitsOf(character, encoding));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, joined } = UNITS[encoding];
  const isAlone = units <= alone;
  return {
    encoding,
    segments: isAlone ? Math.sign(units) : countJoined(widths, joined),
    units,
    unitsPerSegment: isAlone ? alone : joined,
    ucs2Characters: foreign.length === 0 ? [] : listForeignGraphemes(text),
    isNearlyGsm7: countLetters(foreign) <= countLetters(characters) * MAX_FOREIGN_LETTERS_SHARE,
  };
}

const isForeign = (character: string) => !BASIC.has(character) && !EXTENDED.has(character);

function listForeignGraphemes(text: string): string[] {
  const found = new Set<string>();
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    for (const character of foreignIn(segment)) found.add(character);
    if (found.size >= MAX_UCS2_CHARACTERS) break;
  }
  return [...found].slice(0, MAX_UCS2_CHARACTERS);
}

/** The whole grapheme. Of a letter of GSM-7 with a joiner or a selector that nobody sees only that: it is to be removed. */
function foreignIn(grapheme: string): string[] {
  const foreign = [...grapheme].filter(isForeign);
  const isSeen = foreign.some((character) => !/\p{Default_Ignorable_Code_Point}/u.test(character));
  return isSeen ? [grapheme] : foreign;
}

function countLetters(characters: string[]): number {
  return characters.filter((character) => /[\p{L}\p{M}]/u.test(character)).length;
}

function unitsOf(character: string, encoding: SegmentCount['encoding']): number {
  if (encoding === 'UCS-2') return character.length;
  return EXTENDED.has(character) ? 2 : 1;
}

function countJoined(widths: number[], unitsPerSegment: number): number {
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > unitsPerSegment) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return segments;
}
