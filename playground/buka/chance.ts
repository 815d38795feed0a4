/**
 * Repeatable randomness: the same seed and the same history give the same run on every machine. `luckOf` is a 31-bit
 * number for the `attempt`th text to one number.
 */
export function luckOf(seed: number, number: string, attempt: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < number.length; i++) hash = Math.imul(hash ^ number.charCodeAt(i), 0x01000193);
  return mix(hash + Math.imul(attempt, 0x9e3779b9)) >>> 1;
}

/** A share in [0, 1) drawn from `luck`. Draws of different `salt` are independent of each other. */
export function fraction(luck: number, salt: number): number {
  return mix(luck + Math.imul(salt + 1, 0x9e3779b9)) / 2 ** 32;
}

/** The finaliser of MurmurHash3: every bit of the input affects every bit of the result. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
