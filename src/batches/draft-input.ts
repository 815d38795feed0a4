/** What somebody wants to send. It belongs to whoever makes it. */
export interface Draft {
  /** The account that all recipients go to. Null: the workspace's rules by country, and else its default account. */
  accountId: string | null;
  /** The same form sent twice is one batch: a second draft of the same person with the same key is the first one. */
  submitKey: string;
  content: string;
  senderId: string | null;
  defaultCountry: string | null;
  sources: DraftSource[];
}

/** `origin`: who has the file, as named in `AppContext.sources`; `ref`: what the file is called there. */
export type DraftSource =
  | { kind: 'file'; origin: string; ref: string; name: string; sizeBytes: number }
  | { kind: 'pasted'; text: string };
