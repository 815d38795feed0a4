import type { Inbox } from './inbox';
import type { MessageStore } from './store';

/** How many of the newest messages are searched. A phone shows the last texts, not all of them. */
const SEARCHED_MESSAGES = 5_000;
const TEXTS_A_PHONE = 20;

interface PhoneText {
  /** The state as the person with the phone sees it. */
  direction: 'received' | 'written';
  content: string;
  senderId: string;
  atMs: number;
}

export interface Phone {
  number: string;
  /** Oldest first, the last twenty. */
  texts: PhoneText[];
}

/** The phones of recipients that received or wrote a text recently, most recent activity first. */
export function listPhones(messages: MessageStore, inbox: Inbox, limit: number): Phone[] {
  const phones = new Map<string, PhoneText[]>();
  const put = (number: string, text: PhoneText) => {
    const texts = phones.get(number);
    if (texts) texts.push(text);
    else phones.set(number, [text]);
  };
  for (let index = Math.max(0, messages.size() - SEARCHED_MESSAGES); index < messages.size(); index++) {
    const { number, content, senderId, state, finalAtMs } = messages.at(index);
    if (state === 'delivered') put(number, { direction: 'received', content, senderId, atMs: finalAtMs });
  }
  for (const { number, content, senderId, receivedAtMs } of inbox.all().slice(-SEARCHED_MESSAGES)) {
    put(number, { direction: 'written', content, senderId, atMs: receivedAtMs });
  }
  return [...phones]
    .map(([number, texts]) => ({ number, texts: texts.sort(byTime).slice(-TEXTS_A_PHONE) }))
    .sort((a, b) => lastAt(b) - lastAt(a))
    .slice(0, limit);
}

function byTime(a: PhoneText, b: PhoneText): number {
  return a.atMs - b.atMs;
}

function lastAt({ texts }: Phone): number {
  return texts.at(-1)?.atMs ?? 0;
}
