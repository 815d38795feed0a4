import { secondsOf, wallClockOf } from '@bulk-sms/playground/page/controls/wall-clock';

test('a moment is shown and read back on the clock of the person', () => {
  const seconds = Date.UTC(2026, 0, 15, 8, 30) / 1000;
  expect(wallClockOf(seconds, 'Asia/Shanghai')).toBe('2026-01-15T16:30');
  expect(secondsOf('2026-01-15T16:30', 'Asia/Shanghai')).toBe(seconds);
});

test('a moment just after the clocks change is read with the new offset', () => {
  // New York goes from UTC-5 to UTC-4 on 8 March 2026 at two in the morning.
  expect(secondsOf('2026-03-08T01:30', 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 6, 30) / 1000);
  expect(secondsOf('2026-03-08T03:30', 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 7, 30) / 1000);
});
