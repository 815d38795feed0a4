import type { Reader } from '../../../words/words-for';
import { escapeMrkdwn } from '../escape';

/**
 * A moment in mrkdwn that each person sees on their own clock (docs.slack.dev, "Date formatting"); clients
 * that cannot do so show it on the reader's.
 */
export function slackTime(reader: Reader, date: Date, precision: 'minute' | 'second' = 'minute'): string {
  const seconds = Math.floor(date.getTime() / 1000);
  const time = precision === 'second' ? '{time_secs}' : '{time}';
  const fallback = reader.words.format.dateTime(date, reader.timeZone);
  return `<!date^${seconds}^{date_short_pretty} ${time}|${escapeMrkdwn(fallback)}>`;
}
