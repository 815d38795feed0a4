/** The part of a fault's setting that says how often it strikes. */
export interface Setting {
  times?: number;
  every?: number;
  probability?: number;
}

/** The frequencies to choose from. A field that is left out keeps its usual value. */
export const FREQUENCIES = {
  usual: {},
  once: { times: 1 },
  thrice: { times: 3 },
  second: { every: 2 },
  half: { probability: 0.5 },
} satisfies Record<string, Setting>;

export type Frequency = keyof typeof FREQUENCIES;

/** A setting as the servers send it. */
export type SentSetting = { [K in keyof Setting]: Setting[K] | undefined };

export function frequencyOf({ times, every, probability }: SentSetting): Frequency {
  if (times !== undefined) return times === 1 ? 'once' : 'thrice';
  if (every !== undefined) return 'second';
  return probability !== undefined ? 'half' : 'usual';
}
