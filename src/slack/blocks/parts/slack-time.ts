import type { Reader } from '../../../words/words-for';
import { escapeMrkdwn } from '../escape';

/**
 * A time in mrkdwn that each person sees in their own time zone (docs.slack.dev, "Date formatting"). Clients
 * that cannot do so show it in the reader's time zone.
 */
export function slackTime(reader: Reader, date: Date, precision: 'minute' | 'second' = 'minute'): string {
  const seconds = Math.floor(date.getTime() / 1000);
  const time = precision === 'second' ? '{time_secs}' : '{time}';
  const fallback = reader.words.format.dateTime(date, reader.timeZone);
  return `<!date^${seconds}^{date_short_pretty} ${time}|${escapeMrkdwn(fallback)}>`;
}
