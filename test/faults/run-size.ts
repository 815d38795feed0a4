/** A small run in CI; the full one by hand, with `FAULTS=full`. */
export const isFull = process.env.FAULTS === 'full';
