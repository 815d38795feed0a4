import { countRefusals } from '../../../src/http/bodies/count-refusals';
import { createLog } from '../../../src/log';

let lines: string[];
const log = () => createLog('info', { write: (line: string) => void lines.push(line) });
beforeEach(() => {
  lines = [];
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

const refusedIn = (line: string | undefined) => JSON.parse(line ?? '{}').refused;

test('a thousand refusals of a minute are one line with their counts', () => {
  const refusals = countRefusals(log(), 60_000);
  for (let index = 0; index < 1_000; index += 1) refusals.count('POST /slack/events', 'unsigned');
  refusals.count('POST /slack/events', 'stale');
  refusals.count('POST /buka/reports/*', 'not_expected');
  expect(lines).toEqual([]);
  jest.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(1);
  expect(refusedIn(lines[0])).toEqual({
    'POST /slack/events': { unsigned: 1_000, stale: 1 },
    'POST /buka/reports/*': { not_expected: 1 },
  });
});

test('a minute without any has no line, the next counts anew, and what is left is logged at the stop', () => {
  const refusals = countRefusals(log(), 60_000);
  refusals.count('a', 'b');
  jest.advanceTimersByTime(600_000);
  expect(lines).toHaveLength(1);
  refusals.count('a', 'c');
  refusals.stop();
  expect(refusedIn(lines[1])).toEqual({ a: { c: 1 } });
  refusals.stop();
  expect(lines).toHaveLength(2);
});
