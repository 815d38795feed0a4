import { isAscii } from 'node:buffer';
import type { CountryCode, Encoding } from '../recipient';
import { plausibilityOf } from './plausible-text';

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
const CANDIDATES: Encoding[] = [
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'windows-1252',
  'macintosh',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1256',
  'koi8-r',
];
/** The encoding of the person's country wins against one that is this much more plausible. */
const HINT = 0.12;
/** A file of one language has hundreds of characters, all of them valid: one in five may be damaged. */
const MAX_INVALID_SHARE = 0.2;

/** From the mark at the beginning of a file, or from the NULs of UTF-16; null where neither tells. */
export function detectByHead(head: Uint8Array): Encoding | null {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return detectByNuls(head);
}

/**
 * The encoding of the first block with a byte beyond ASCII; null while there is none. UTF-8 with a few invalid bytes is
 * UTF-8: hardly any text of another encoding is valid UTF-8 by chance. For the others it is counted how plausible the
 * characters would be, and the person's country decides what the content leaves open.
 */
export function detectEncoding(block: Uint8Array, country: CountryCode | undefined): Encoding | null {
  if (isAscii(block)) return null;
  if (isUtf8(block)) return 'utf-8';
  const hinted = BY_COUNTRY[country ?? ''] ?? (country ? 'windows-1252' : 'gb18030');
  let best: Encoding = hinted;
  let bestScore = plausibilityOf(block, hinted) + HINT;
  for (const candidate of CANDIDATES) {
    if (candidate === hinted) continue;
    const score = plausibilityOf(block, candidate);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** Counts characters of several bytes that are valid, and bytes that are not. */
function isUtf8(block: Uint8Array): boolean {
  let valid = 0;
  let invalid = 0;
  for (let at = 0; at < block.length; at += 1) {
    const byte = block[at] as number;
    if (byte < 0x80) continue;
    const length = lengthOf(byte);
    const rest = countContinuations(block, at + 1, length - 1);
    // The end of the block may cut a character in two.
    const isWhole = rest === length - 1 || at + 1 + rest === block.length;
    if (length > 0 && isWhole) {
      valid += 1;
      at += rest;
    } else invalid += 1;
  }
  return invalid === 0 || invalid <= valid * MAX_INVALID_SHARE;
}

/** Of a character that begins with this byte; 0 for a byte that begins none. */
function lengthOf(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

function countContinuations(block: Uint8Array, from: number, most: number): number {
  let count = 0;
  while (count < most && ((block[from + count] ?? 0) & 0xc0) === 0x80) count += 1;
  return count;
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
