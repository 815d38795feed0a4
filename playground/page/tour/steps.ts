/** The steps of the tour, in order. */
export const STEPS = ['send', 'review', 'watch', 'hang', 'kill', 'ledger'] as const;
export type Step = (typeof STEPS)[number];
