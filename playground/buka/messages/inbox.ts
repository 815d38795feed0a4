/** One text that a recipient wrote. */
export interface InboundText {
  msgId: string;
  appId: string;
  /** The number that wrote. */
  number: string;
  /** The sender ID that they answered. Empty if the text to them had none. */
  senderId: string;
  content: string;
  receivedAtMs: number;
}

/** The recipients' texts, in the order they came. */
export interface Inbox {
  add(text: Omit<InboundText, 'msgId'>): InboundText;
  all(): readonly InboundText[];
  load(texts: InboundText[]): void;
}

export function createInbox(): Inbox {
  let texts: InboundText[] = [];
  return {
    add(text) {
      // Ids of 19 digits in a series of their own: 7, the milliseconds, and five digits of the index.
      const suffix = String(texts.length % 100_000).padStart(5, '0');
      const added = { msgId: `7${String(text.receivedAtMs).padStart(13, '0')}${suffix}`, ...text };
      texts.push(added);
      return added;
    },
    all: () => texts,
    load(saved) {
      texts = [...saved];
    },
  };
}
