import type { CountryCode, Encoding } from '../recipient';
import { detectByHead, detectEncoding } from './detect-encoding';
import { sniffFile } from './recognise-file';
import { UnreadableSourceError } from './unreadable-source';

/** Bytes are read in blocks of this size, however they arrive, so that the same file always gives the same result. */
const BLOCK_BYTES = 64 * 1024;
/** A short text may have this many stray control characters, a longer one this share of its first block. */
const MAX_CONTROLS = 2;
const MAX_CONTROLS_SHARE = 0.02;
/** Unicode's other line ends: next line, line separator, paragraph separator. */
const LINE_END = /\r\n?|[\u0085\u2028\u2029]/g;
/** Files that were joined have the mark of each, at the beginning of a line. */
const MARK = /\ufeff/g;

export interface TextBlock {
  /** Its only line break is `\n`; byte order marks are removed. */
  text: string;
  encoding: Encoding;
  /** Bytes read so far, this block included. */
  bytesRead: number;
  last: boolean;
}

/**
 * Decodes bytes to text. UTF-16 is detected by its mark or its NULs; of the other encodings the block with the first byte
 * beyond ASCII decides, by what its characters would be, with the country of the person as a hint. `fixed`: the encoding
 * of an earlier reading. Invalid bytes become U+FFFD, which changes no digit, delimiter or line break. A stray NUL becomes
 * U+FFFD too, since Postgres cannot store it in text: a number that contains it is rejected with its line. Throws
 * `UnreadableSourceError` for what is no text, and for empty files.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  country?: CountryCode,
  fixed?: Encoding,
): AsyncGenerator<TextBlock> {
  let encoding: Encoding | null = fixed ?? null;
  let decoder = new TextDecoder(fixed ?? 'utf-8');
  let bytesRead = 0;
  let heldBack = '';
  for await (const { block, last } of inBlocks(bytes)) {
    if (bytesRead === 0) refuse(block);
    if (!encoding) {
      encoding =
        (bytesRead === 0 ? detectByHead(block) : null) ?? (await detectEncoding(block, country, last));
      if (encoding) decoder = new TextDecoder(encoding);
    }
    if (bytesRead === 0) refuseBinary(block, encoding);
    bytesRead += block.length;
    // Node reads windows-1252 as Latin 1 unless it is told that more may come.
    let text = heldBack + decoder.decode(block, { stream: true });
    if (last) text += decoder.decode();
    // A `\r` at the end may be the first half of a `\r\n`.
    heldBack = text.endsWith('\r') && !last ? '\r' : '';
    if (heldBack) text = text.slice(0, -1);
    yield {
      text: text.replace(LINE_END, '\n').replace(MARK, '').replaceAll('\0', '\ufffd'),
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

function refuse(head: Uint8Array): void {
  const kind = sniffFile(head);
  if (kind === 'workbook') throw new UnreadableSourceError('spreadsheet');
  if (kind !== 'text') throw new UnreadableSourceError(kind);
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
