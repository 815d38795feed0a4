import { isAscii } from 'node:buffer';
import type { Layout } from './recipient';
import { UnreadableSourceError } from './unreadable-source';

type Encoding = Layout['encoding'];

/** Whatever pieces the bytes come in, they are read in blocks of this size, so that the same file always reads the same. */
const BLOCK_BYTES = 64 * 1024;
/** Stray ones in a short text are forgiven; beyond, in a share of the first block, it is no text. */
const MAX_CONTROLS = 2;
const MAX_CONTROLS_SHARE = 0.02;

export interface TextBlock {
  /** With `\n` as the only line break, and without a byte order mark. */
  text: string;
  encoding: Encoding;
  /** Bytes read so far, this block included. */
  bytesRead: number;
  last: boolean;
}

/**
 * Bytes to text. UTF-16 is known by its mark or by its NULs, UTF-8 by its mark or by being valid, and what is left is
 * taken for GB18030 (which holds GBK and GB2312). A long ASCII beginning says nothing: UTF-8 and GB18030 are told
 * apart in the block that holds the first byte beyond ASCII. Bytes that are wrong later become U+FFFD, which
 * touches no digit, delimiter or line break in either; so does a stray NUL, which would end a text in Postgres: a
 * number that it broke is refused with its line. Throws `UnreadableSourceError` for workbooks, binaries, no bytes.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TextBlock> {
  let encoding: Encoding | null = null;
  let decoder = new TextDecoder('utf-8');
  let bytesRead = 0;
  let heldBack = '';
  for await (const { block, last } of inBlocks(bytes)) {
    if (bytesRead === 0) refuseWorkbook(block);
    if (!encoding) {
      encoding = detectEncoding(block, bytesRead === 0);
      if (encoding) decoder = new TextDecoder(encoding);
    }
    if (bytesRead === 0) refuseBinary(block, encoding);
    bytesRead += block.length;
    let text = heldBack + decoder.decode(block, { stream: !last });
    // A `\r` at the end may be half of a `\r\n`.
    heldBack = text.endsWith('\r') && !last ? '\r' : '';
    if (heldBack) text = text.slice(0, -1);
    yield {
      text: text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd'),
      encoding: encoding ?? 'utf-8',
      bytesRead,
      last,
    };
  }
}

/** The yielded block is valid until the next one is asked for. */
async function* inBlocks(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ block: Uint8Array; last: boolean }> {
  const buffer = new Uint8Array(BLOCK_BYTES);
  let filled = 0;
  for await (const piece of bytes) {
    let taken = 0;
    while (taken < piece.length) {
      // A full block waits until more comes, since only then it is known not to be the last.
      if (filled === BLOCK_BYTES) {
        yield { block: buffer, last: false };
        filled = 0;
      }
      const part = piece.subarray(taken, taken + BLOCK_BYTES - filled);
      buffer.set(part, filled);
      filled += part.length;
      taken += part.length;
    }
  }
  yield { block: buffer.subarray(0, filled), last: true };
}

function refuseWorkbook(head: Uint8Array): void {
  if (head.length === 0) throw new UnreadableSourceError('empty');
  const startsWith = (...magic: number[]) => magic.every((byte, i) => head[i] === byte);
  const isZip = startsWith(0x50, 0x4b, 0x03, 0x04);
  const isOldExcel = startsWith(0xd0, 0xcf, 0x11, 0xe0);
  if (isZip || isOldExcel) throw new UnreadableSourceError('spreadsheet');
  const isPdf = startsWith(0x25, 0x50, 0x44, 0x46, 0x2d);
  const isGzip = startsWith(0x1f, 0x8b);
  if (isPdf || isGzip) throw new UnreadableSourceError('binary');
}

/** Pictures and archives are a tenth control characters; text, in all encodings but UTF-16, holds none but by accident. */
function refuseBinary(head: Uint8Array, encoding: Encoding | null): void {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return;
  const controls = head.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  if (controls > Math.max(MAX_CONTROLS, head.length * MAX_CONTROLS_SHARE))
    throw new UnreadableSourceError('binary');
}

/** Those that no text has: not tab, line breaks, form feed, nor the escape of old encodings and of DOS's end of file. */
const isControl = (byte: number) => byte < 0x09 || (byte > 0x0d && byte < 0x1a);

/** Null while all is ASCII. */
function detectEncoding(block: Uint8Array, isHead: boolean): Encoding | null {
  if (isHead) {
    const [first, second, third] = block;
    if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
    if (first === 0xff && second === 0xfe) return 'utf-16le';
    if (first === 0xfe && second === 0xff) return 'utf-16be';
    const byNuls = detectByNuls(block);
    if (byNuls) return byNuls;
  }
  if (isAscii(block)) return null;
  return isValidUtf8(block) ? 'utf-8' : 'gb18030';
}

/**
 * UTF-16 without a mark: each digit and line break has a NUL as its high byte. Of the bytes that are, or look like, one
 * of them, many are half of a Chinese character instead, hence a quarter. A zero is not counted, since it stands beside
 * a NUL in the ideographic space (U+3000) as well.
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

/** A character cut by the end of the block is no fault, hence `stream`. */
function isValidUtf8(block: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(block, { stream: true });
    return true;
  } catch {
    return false;
  }
}
