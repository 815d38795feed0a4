/** One invalid byte is outweighed by two characters of two bytes, or by one of three. */
const WEIGHT_OF_INVALID = 2;

/**
 * Whether bytes are UTF-8, though a few may be damaged: hardly any text of another encoding has valid characters of
 * several bytes by chance. `last`: whether the text ends here; elsewhere the end may cut a character in two.
 */
export function isUtf8(bytes: Uint8Array, last: boolean): boolean {
  let evidence = 0;
  let invalid = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte < 0x80) continue;
    const length = lengthOf(byte);
    const rest = countContinuations(bytes, at + 1, length - 1);
    const isCut = !last && at + 1 + rest === bytes.length;
    if (length > 0 && (rest === length - 1 || isCut)) {
      evidence += length - 1;
      at += rest;
    } else invalid += 1;
  }
  return evidence >= invalid * WEIGHT_OF_INVALID;
}

/** Of a character that begins with this byte; 0 for a byte that begins none. */
function lengthOf(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

function countContinuations(bytes: Uint8Array, from: number, most: number): number {
  let count = 0;
  while (count < most && ((bytes[from + count] ?? 0) & 0xc0) === 0x80) count += 1;
  return count;
}
