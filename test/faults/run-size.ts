/** A small run in CI; the full one by hand, with `FAULTS=full`. */
export const isFull = process.env.FAULTS === 'full';
/** For a test whose kind another one shows in the small run too. */
export const testWhenFull = isFull ? test : test.skip;
