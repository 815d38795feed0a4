/** Lanes of one batch: as many requests of it may be open at once, over all processes. */
export const MAX_LANES = 16;
