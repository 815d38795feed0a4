import { formatSlackDate } from '@bulk-sms/playground/page/blocks/format-date';

const NEW_YORK = { locale: 'en-US', timeZone: 'America/New_York' };
const SHANGHAI = { locale: 'zh-CN', timeZone: 'Asia/Shanghai' };
const NOON = Date.UTC(2026, 4, 20, 16, 5, 9) / 1000;

beforeEach(() => jest.useFakeTimers({ now: NOON * 1000 }));
afterEach(() => jest.useRealTimers());

test('a pretty date says today and yesterday by the calendar of the reader', () => {
  expect(formatSlackDate(NOON, '{date_short_pretty}', NEW_YORK)).toBe('today');
  // It is five past noon in New York and five past midnight in Shanghai, where six minutes ago was yesterday.
  expect(formatSlackDate(NOON - 370, '{date_short_pretty}', SHANGHAI)).toBe('昨天');
  expect(formatSlackDate(NOON - 370, '{date_short_pretty}', NEW_YORK)).toBe('today');
});

test('an older date is written out, with the time to the second where that is asked for', () => {
  const before = Date.UTC(2026, 0, 2, 20, 4, 5) / 1000;
  const text = formatSlackDate(before, '{date_short_pretty} at {time_secs}', NEW_YORK);
  expect(text).toMatch(/^Jan 2, 2026 at 3:04:05\sPM$/);
});

test('a token that is not known stays as it is', () => {
  expect(formatSlackDate(NOON, 'on {moon}', NEW_YORK)).toBe('on {moon}');
});
