import { createLog } from '../src/log';
import { type Running, supervise } from '../src/supervise';

const log = createLog('silent');

interface TestRunning extends Running {
  fail(): void;
}

function run(): TestRunning {
  let end = () => {};
  let fail = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = () => reject(new Error('broken'));
  });
  return { ended, end: async () => end(), fail: () => fail() };
}

/** Lets promises settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('a first start that fails throws', async () => {
  await expect(supervise('It', () => Promise.reject(new Error('no')), log)).rejects.toThrow('no');
});

test('what ends unexpectedly, with an error or without, is started again until that works', async () => {
  const starts: TestRunning[] = [];
  let refuse = 0;
  let started = () => {};
  const supervisor = await supervise(
    'It',
    async () => {
      if (refuse > 0) {
        refuse -= 1;
        throw new Error('not now');
      }
      starts.push(run());
      started();
      return starts.at(-1) as TestRunning;
    },
    log,
  );
  await starts[0]?.end();
  await settle();
  expect(supervisor.current()).toBe(starts[1]);

  refuse = 1;
  const startedAgain = new Promise<void>((resolve) => {
    started = resolve;
  });
  starts[1]?.fail();
  await settle();
  expect(supervisor.current()).toBeNull();
  await startedAgain;
  await settle();
  expect(supervisor.current()).toBe(starts[2]);
  await supervisor.stop();
});

test.each([
  [
    'an error when it has ended, a warning for each failed start, unless told otherwise',
    {},
    ['error', 'warn'],
  ],
  [
    'the levels of its options',
    { endedLevel: 'warn', failedStartLevel: 'error' } as const,
    ['warn', 'error'],
  ],
])('logs %s', async (_, levels, logged) => {
  const lines: { level: number; msg: string }[] = [];
  const listening = createLog('info', { write: (line) => lines.push(JSON.parse(line)) });
  let isFirst = true;
  const first = run();
  const start = async () => {
    if (!isFirst) throw new Error('not now');
    isFirst = false;
    return first;
  };
  const supervisor = await supervise('It', start, listening, levels);
  first.fail();
  await settle();
  await supervisor.stop();
  expect(lines.map(({ level, msg }) => [listening.levels.labels[level], msg])).toEqual([
    [logged[0], 'It ended unexpectedly; starting it again'],
    [logged[1], 'It does not start'],
  ]);
});

test('what is stopped is not started again, not even where it was just starting', async () => {
  const starts: TestRunning[] = [];
  let finish = () => {};
  const supervisor = await supervise(
    'It',
    async () => {
      const next = run();
      if (starts.push(next) > 1) {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      }
      return next;
    },
    log,
  );
  starts[0]?.fail();
  await settle();
  const stopped = supervisor.stop();
  finish();
  await stopped;
  await starts[1]?.ended;
  await settle();
  expect(starts).toHaveLength(2);
  expect(supervisor.current()).toBeNull();
});
