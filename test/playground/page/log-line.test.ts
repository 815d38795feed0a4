import { readLogLine } from '@bulk-sms/playground/page/drawer/log-line';

test('a line of the log is shown as time, message and the other fields', () => {
  const line = '{"level":40,"time":"2026-05-20T16:05:09.123Z","batchId":"7","msg":"Slow"}';
  expect(readLogLine(line)).toEqual({ text: '16:05:09 Slow {"batchId":"7"}', isBad: true });
});

test('a line that is not JSON is shown unchanged', () => {
  expect(readLogLine('Segmentation fault')).toEqual({ text: 'Segmentation fault', isBad: false });
  expect(readLogLine('null')).toEqual({ text: 'null', isBad: false });
});
