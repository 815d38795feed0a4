/** One text that a recipient wrote. */
export interface InboundText {
  msgId: string;
  appId: string;
  /** Who wrote. */
  number: string;
  /** What they answered to; empty when the text they got had no sender ID. */
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
      // A 19-digit id of a series of its own: 7, milliseconds, five digits of the place.
      const place = String(texts.length % 100_000).padStart(5, '0');
      const added = { msgId: `7${String(text.receivedAtMs).padStart(13, '0')}${place}`, ...text };
      texts.push(added);
      return added;
    },
    all: () => texts,
    load(saved) {
      texts = [...saved];
    },
  };
}
