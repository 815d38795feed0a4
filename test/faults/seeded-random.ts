/** Random numbers that a seed repeats. The seed of a run is printed; FAULTS_SEED sets it. */
export function seededRandom(): { seed: number; below(limit: number): number } {
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
