/** A key of 32 bytes, and whether somebody can guess it. */
export interface ReadKey {
  bytes: Buffer;
  isWeak: boolean;
}

const KEY_BYTES = 32;
/** Of 32 random bytes, 16 or fewer differ once in 10^13 keys. A pattern of up to 16 bytes has no more. */
const LEAST_BYTES = 17;
/** Of the steps from each random byte to the next, 8 or fewer differ once in 10^32 keys. Rows such as 0, 1, 2 have few. */
const LEAST_STEPS = 9;
/** Of 43 random characters of base64, 16 or fewer differ once in 10^11 keys. A sentence has no more, nor have few keys pressed. */
const LEAST_CHARACTERS = 17;

/**
 * Reads a key in hex or base64. Null where it is neither, or has another length. Weak is what a person types or counts up;
 * a random key is taken for weak less often than once in 10^10.
 */
export function readKey(text: string): ReadKey | null {
  const isHex = /^[0-9a-fA-F]{64}$/.test(text);
  const bytes = Buffer.from(text, isHex ? 'hex' : 'base64');
  if (bytes.length !== KEY_BYTES) return null;
  const characters = new Set(text.replaceAll('=', '')).size;
  return { bytes, isWeak: isWeak(bytes) || (!isHex && characters < LEAST_CHARACTERS) };
}

function isWeak(key: Buffer): boolean {
  const bytes = [...key];
  const steps = bytes.slice(1).map((byte, index) => (byte - (bytes[index] ?? 0) + 256) % 256);
  // A phrase that was encoded: all of it can be read.
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isText || new Set(bytes).size < LEAST_BYTES || new Set(steps).size < LEAST_STEPS;
}
