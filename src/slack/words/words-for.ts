import { en, type Words } from './en';
import { zhCn } from './zh-cn';

export const CATALOGUES = [en, zhCn];

/** The catalogue for a Slack locale (`en-US`, `zh-CN`, …); English where there is no other. */
export function wordsFor(locale: string): Words {
  return /^zh\b/i.test(locale) ? zhCn : en;
}

/** Whom something is written for: their language and their clock. */
export interface Reader {
  words: Words;
  /** IANA name. */
  timeZone: string;
}

export function readerOf(person: { locale: string; timeZone: string }): Reader {
  return { words: wordsFor(person.locale), timeZone: person.timeZone };
}
