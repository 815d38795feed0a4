/** What happened, and what a person can do about it. */
export interface Explanation {
  what: string;
  next: string;
}

/** A provider's codes in plain words of one language. `src/words` has what all providers share. */
export interface ProviderVocabulary {
  /** As people call it: `Buka`. */
  name: string;
  /** Why a request was refused or a question not answered, by the provider's code. */
  refusals: Record<string, Explanation>;
  /** Why single texts failed, by the stored code. */
  failures: Record<string, string>;
  /** The names of the parts of a balance. */
  balanceParts: Record<string, string>;
}
