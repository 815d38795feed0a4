import { en, type Words } from './en';
import { zhCn } from './zh-cn';

export const CATALOGUES = [en, zhCn];

/** The catalogue for a Slack locale (`en-US`, `zh-CN`, …); English for all others. */
export function wordsFor(locale: string): Words {
  return /^zh\b/i.test(locale) ? zhCn : en;
}

/** A channel has no time zone. Slack's clients show dates in each person's own (slack-time.ts). */
const CHANNEL_TIME_ZONE = 'UTC';

/** The reader of a text: language and time zone. */
export interface Reader {
  words: Words;
  /** IANA name. */
  timeZone: string;
}

/** One person, with their own language and time zone. */
export function readerOf(person: { locale: string; timeZone: string }): Reader {
  return { words: wordsFor(person.locale), timeZone: person.timeZone };
}

/** Everybody in a channel. Their language is the workspace's; null means English. */
export function channelReader(tenant: { locale: string } | null): Reader {
  return { words: wordsFor(tenant?.locale ?? ''), timeZone: CHANNEL_TIME_ZONE };
}
