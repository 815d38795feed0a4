/** How much: a little in CI, everything by hand with `FAULTS=full`. */
export const isFull = process.env.FAULTS === 'full';

/** Chances that a seed repeats; the seed of a run is printed, and taken from FAULTS_SEED when that is set. */
export function chances(): { seed: number; below(limit: number): number } {
  const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  let state = seed;
  const { currentTestName } = expect.getState();
  process.stderr.write(
    `To play this again: FAULTS_SEED=${seed} npm run test:faults -- -t '${currentTestName}'\n`,
  );
  return {
    seed,
    below(limit) {
      // Mulberry32: small, and the same everywhere.
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    },
  };
}
