/** GSM 03.38 (3GPP TS 23.038, 6.2.1): the basic alphabet, a septet a character. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: two septets each, an escape and the character. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** 140 bytes in one segment; in several, 6 of them are the header that joins them. */
const UNITS = {
  'GSM-7': { alone: 160, joined: 153 },
  'UCS-2': { alone: 70, joined: 67 },
} as const;

const MAX_UCS2_CHARACTERS = 20;
/** Up to this share of a text's letters, those outside GSM-7 are guests in it; beyond, they are its script. */
const GUEST_LETTERS_SHARE = 0.2;

export interface SegmentCount {
  encoding: 'GSM-7' | 'UCS-2';
  /** What is charged for each recipient; 0 for an empty text. */
  segments: number;
  /** Septets in GSM-7, UTF-16 code units in UCS-2. */
  units: number;
  /** How many units each of these segments holds. */
  unitsPerSegment: number;
  /** The characters that are not in GSM-7, each once, in their order, at most 20. */
  ucs2Characters: string[];
  /** The text might do without them: signs (a curly quote, an emoji) or a few letters. A text in Chinese might not. */
  isNearlyGsm7: boolean;
}

/** How a text goes over the air. An extended character or a surrogate pair is never cut in two by a segment's end. */
export function countSegments(text: string): SegmentCount {
  const characters = [...text];
  const foreign = characters.filter((character) => !BASIC.has(character) && !EXTENDED.has(character));
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
    ucs2Characters: [...new Set(foreign)].slice(0, MAX_UCS2_CHARACTERS),
    isNearlyGsm7: countLetters(foreign) <= countLetters(characters) * GUEST_LETTERS_SHARE,
  };
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
