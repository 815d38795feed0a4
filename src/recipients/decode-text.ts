import { isAscii } from 'node:buffer';
import type { Layout } from './recipient';
import { UnreadableSourceError } from './unreadable-source';

type Encoding = Layout['encoding'];

/** Bytes are read in blocks of this size, however they arrive, so that the same file always gives the same result. */
const BLOCK_BYTES = 64 * 1024;
/** A short text may have this many stray control characters, a longer one this share of its first block. */
const MAX_CONTROLS = 2;
const MAX_CONTROLS_SHARE = 0.02;

export interface TextBlock {
  /** Its only line break is `\n`; the byte order mark is removed. */
  text: string;
  encoding: Encoding;
  /** Bytes read so far, this block included. */
  bytesRead: number;
  last: boolean;
}

/**
 * Decodes bytes to text. UTF-16 is detected by its byte order mark or its NULs, UTF-8 by its mark or by being valid.
 * The rest is decoded as GB18030, a superset of GBK and GB2312. A file may begin with much ASCII, so the block with
 * the first byte beyond ASCII decides between UTF-8 and GB18030. Invalid bytes after it become U+FFFD, which changes
 * no digit, delimiter or line break in either encoding. A stray NUL becomes U+FFFD too, since Postgres cannot store
 * it in text: a number that contains it is rejected with its line. Throws `UnreadableSourceError` for workbooks,
 * binaries and empty files.
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
    // A `\r` at the end may be the first half of a `\r\n`.
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

/** A yielded block is valid until the next one is requested: they share a buffer. */
async function* inBlocks(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ block: Uint8Array; last: boolean }> {
  const buffer = new Uint8Array(BLOCK_BYTES);
  let filled = 0;
  for await (const piece of bytes) {
    let taken = 0;
    while (taken < piece.length) {
      // A full block waits for more bytes: until then it may be the last one.
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

/** About a tenth of a picture or archive is control characters. Text has almost none, except in UTF-16. */
function refuseBinary(head: Uint8Array, encoding: Encoding | null): void {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return;
  const controls = head.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  if (controls > Math.max(MAX_CONTROLS, head.length * MAX_CONTROLS_SHARE))
    throw new UnreadableSourceError('binary');
}

/** Excludes what text may have: tab, line breaks, form feed, the escape of old encodings, and DOS's end of file. */
const isControl = (byte: number) => byte < 0x09 || (byte > 0x0d && byte < 0x1a);

/** Null while every byte is ASCII. */
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

/** `stream`: a character that the end of the block cuts in two is still valid. */
function isValidUtf8(block: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(block, { stream: true });
    return true;
  } catch {
    return false;
  }
}
