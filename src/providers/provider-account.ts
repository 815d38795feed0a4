/** One account at its provider. Holds secrets in plain text: never log it. */
export interface ProviderAccount {
  /** Opaque: only the provider's own code looks into it. */
  credentials: unknown;
  /** The part of the account that sends; the provider names it in its reports. */
  subAccount: string;
  /** Where a text was sent, if its questions are to go there whatever the credentials say now. See `addressOf`. */
  address?: string | undefined;
}
