import { isAscii } from 'node:buffer';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { CountryCode, Encoding } from '../recipient';
import { costOf } from './plausible-text';
import { isUtf8 } from './utf8';

/** Encodings that text without a mark may have, the one of the person's country first. */
const BY_COUNTRY: Record<string, Encoding> = {
  ...spread('gb18030', 'CN SG MY'),
  ...spread('big5', 'TW HK MO'),
  ...spread('shift_jis', 'JP'),
  ...spread('euc-kr', 'KR'),
  ...spread('windows-1251', 'RU UA BY BG KZ KG RS MK TJ UZ MN'),
  ...spread('windows-1256', 'SA AE EG QA KW BH OM JO IQ SY LB YE LY DZ MA TN SD IR PK AF'),
  ...spread('windows-1253', 'GR CY'),
  ...spread('windows-1254', 'TR AZ'),
  ...spread('windows-1250', 'PL CZ SK HU RO SI HR BA AL'),
};
/** How unlikely an encoding is before anything is read, in bits. The one of the person's country costs nothing. */
const RARITY: Partial<Record<Encoding, number>> = {
  'windows-1252': 2,
  gb18030: 2,
  big5: 4,
  shift_jis: 4,
  'euc-kr': 4,
  'windows-1250': 4,
  'windows-1251': 4,
  'windows-1253': 4,
  'windows-1254': 4,
  'windows-1256': 4,
  'euc-jp': 6,
  'koi8-r': 6,
  macintosh: 6,
};
/** Words with bytes beyond ASCII: many more would not change the outcome. */
const SAMPLE_BYTES = 4 * 1024;
const SEMICOLON = 0x3b;

/** From the mark at the beginning of a file, or from the NULs of UTF-16; null where neither tells. */
export function detectByHead(head: Uint8Array): Encoding | null {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return detectByNuls(head);
}

/**
 * The encoding of the first block with a byte beyond ASCII; null while there is none. What is not UTF-8 is read in every
 * encoding, and the most plausible text wins; the person's country decides what the content leaves open. `last`: whether
 * the text ends with this block.
 */
export async function detectEncoding(
  block: Uint8Array,
  country: CountryCode | undefined,
  last: boolean,
): Promise<Encoding | null> {
  if (isAscii(block)) return null;
  if (isUtf8(block, last)) return 'utf-8';
  const hinted = BY_COUNTRY[country ?? ''] ?? 'windows-1252';
  const sample = wordsBeyondAscii(block);
  let best: Encoding = hinted;
  let bestCost = costOf(sample, hinted);
  for (const [candidate, rarity] of Object.entries(RARITY) as [Encoding, number][]) {
    if (candidate === hinted) continue;
    // The characters of an encoding are weighed when it is looked at for the first time.
    await letOthersRun();
    const cost = rarity + costOf(sample, candidate);
    if (cost < bestCost) {
      best = candidate;
      bestCost = cost;
    }
  }
  return best;
}

/**
 * The words with a byte beyond ASCII, digits included, divided by blanks. Signs below the digits, and the semicolon, are
 * no part of a character in any encoding.
 */
function wordsBeyondAscii(block: Uint8Array): Uint8Array {
  const sample: number[] = [];
  let from = 0;
  let isBeyond = false;
  for (let at = 0; at <= block.length && sample.length < SAMPLE_BYTES; at += 1) {
    const byte = block[at] ?? 0;
    if (byte >= 0x80) isBeyond = true;
    if (byte >= 0x30 && byte !== SEMICOLON) continue;
    if (isBeyond) sample.push(...block.subarray(Math.max(from, at - SAMPLE_BYTES), at), 0x20);
    from = at + 1;
    isBeyond = false;
  }
  return Uint8Array.from(sample);
}

/**
 * Detects UTF-16 without a byte order mark: each digit and line break has a NUL as its high byte. A quarter is enough,
 * since many bytes that look like a digit are half of a Chinese character. The digit 0 does not count: its byte is
 * also next to a NUL in the ideographic space (U+3000).
 */
function detectByNuls(head: Uint8Array): Encoding | null {
  let marks = 0;
  let little = 0;
  let big = 0;
  for (let i = 0; i < head.length; i += 1) {
    if (!isMark(head[i] as number)) continue;
    marks += 1;
    if (i % 2 === 0 && head[i + 1] === 0) little += 1;
    if (i % 2 === 1 && head[i - 1] === 0) big += 1;
  }
  const enough = marks / 4;
  if (little > enough && little > big * 4) return 'utf-16le';
  if (big > enough && big > little * 4) return 'utf-16be';
  return null;
}

const isMark = (byte: number) => (byte > 0x30 && byte <= 0x39) || byte === 0x0a || byte === 0x0d;

function spread(encoding: Encoding, countries: string): Record<string, Encoding> {
  return Object.fromEntries(countries.split(' ').map((country) => [country, encoding]));
}
