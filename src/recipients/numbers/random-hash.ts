import { randomFillSync } from 'node:crypto';

const BYTES = 7;
const VALUES = 256;

/**
 * A hash function of integers from 0 to 2^53 with 32 bits, another one at each call: nobody can choose numbers that
 * collide. It combines a random word for each byte (simple tabulation), with which linear probing takes constant time on
 * average whatever the numbers are: Pătraşcu and Thorup, "The Power of Simple Tabulation Hashing", 2012.
 */
export function createRandomHash(): (value: number) => number {
  const words = randomFillSync(new Int32Array(BYTES * VALUES));
  const word = (place: number, byte: number) => words[place * VALUES + (byte & 255)] as number;
  return (value) => {
    const low = value >>> 0;
    const high = (value / 2 ** 32) >>> 0;
    return (
      word(0, low) ^
      word(1, low >>> 8) ^
      word(2, low >>> 16) ^
      word(3, low >>> 24) ^
      word(4, high) ^
      word(5, high >>> 8) ^
      word(6, high >>> 16)
    );
  };
}
