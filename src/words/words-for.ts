import { en, type Words } from './en';
import { zhCn } from './zh-cn';

export const CATALOGUES = [en, zhCn];

/** The catalogue for a Slack locale (`en-US`, `zh-CN`, …); English where there is no other. */
export function wordsFor(locale: string): Words {
  return /^zh\b/i.test(locale) ? zhCn : en;
}

/** A channel has no time zone; clients put a date on each person's own clock. */
const CHANNEL_TIME_ZONE = 'UTC';

/** Whom something is written for: their language and their clock. */
export interface Reader {
  words: Words;
  /** IANA name. */
  timeZone: string;
}

/** One person, in their own language. */
export function readerOf(person: { locale: string; timeZone: string }): Reader {
  return { words: wordsFor(person.locale), timeZone: person.timeZone };
}

/** Everybody in a channel, in the workspace's language. */
export function channelReader(tenant: { locale: string } | null): Reader {
  return { words: wordsFor(tenant?.locale ?? ''), timeZone: CHANNEL_TIME_ZONE };
}
