import fc from 'fast-check';
import type { AnswerKind } from './controlled-provider';
import { type Scenario, SIMPLE, type Step, scenario } from './scenario';
import { createSharedDatabases } from './shared-database';
import { now, raceNoticed } from './skipped-time';
import { createTestBed } from './test-bed';

/**
 * By hand: `PROPERTY_RUNS=2000 npx jest test/properties/promise.test.ts`, one or two seconds each on a quiet
 * machine; PROPERTY_SEED repeats.
 */
const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
const RUNS = Number(PROPERTY_RUNS ?? 16);
/** Of a loaded machine; a run by hand is waited for. */
const SCENARIO_MS = PROPERTY_RUNS ? 30_000 : 4_000;

jest.mock('node:timers/promises', () => ({
  ...jest.requireActual('node:timers/promises'),
  setTimeout: jest.requireActual('./skipped-time').wait,
}));
jest.spyOn(performance, 'now').mockImplementation(now);
jest.spyOn(Promise, 'race').mockImplementation(raceNoticed);

const unbroken = { account: 0, loss: null };
const soon = { isLate: false };

/**
 * Bugs that were put back on purpose, and the seed and the scenario that caught each; with the scenarios of their commit.
 *
 * | bug | seed | scenario |
 * |---|---|---|
 * | a question that was not answered counts as an empty answer | 979431939 | 3 |
 * | a later truth is ignored | 596007959 | 1 |
 * | no last look before a retry | -1201345272 | 1 |
 * | no last look before *Send again* | -871122794 | 28 |
 * | a repeated id counts for both texts | 1533607396 | 4 |
 * | ids are unique over all accounts | 1637267138 | 7 |
 * | whoever an earlier attempt has reached may wait for another | 334517113 | 1 |
 */

/** Scenarios that once broke the promise. */
const FOUND: Step[][] = [
  // A text of the first batch, whose answer was on its way, was taken for a proof of the second's.
  [
    { do: 'turn', batch: 0, lane: 0, ...unbroken },
    { do: 'take', request: 0 },
    { do: 'turn', batch: 1, lane: 0, ...unbroken },
    { do: 'answer', request: 1, as: 'unknown_lost', ...soon },
    { do: 'reconcile', batch: 1, isTwice: false, ...unbroken },
    { do: 'answer', request: 0, as: 'accepted', ...soon },
  ],
  // The text was refused after a pause: the batch was failed for good, and those on their way forgotten.
  [
    { do: 'turn', batch: 0, lane: 0, ...unbroken },
    { do: 'answer', request: 0, as: 'accepted', ...soon },
    { do: 'pause', batch: 0, isTwice: false, ...unbroken },
    { do: 'resume', batch: 0, isTwice: false, ...unbroken },
    { do: 'turn', batch: 0, lane: 0, ...unbroken },
    { do: 'answer', request: 0, as: 'rejected_content', ...soon },
  ],
];

const databases = createSharedDatabases();
afterAll(() => databases.close());

test(
  'whatever happens, and in whatever order: nobody twice, nobody forgotten, nothing guessed',
  async () => {
    let running: Promise<void> = Promise.resolve();
    const property = fc.asyncProperty(scenario, (one) => {
      running = runScenario(one);
      return running;
    });
    const options = {
      numRuns: RUNS,
      ...(PROPERTY_SEED ? { seed: Number(PROPERTY_SEED) } : {}),
      examples: FOUND.map((steps): [Scenario] => [{ ...SIMPLE, groups: steps.map((one) => [one]) }]),
      endOnFailure: false,
      interruptAfterTimeLimit: RUNS * SCENARIO_MS,
      // A run by hand must do all the scenarios that were asked for.
      markInterruptAsFailure: PROPERTY_RUNS !== undefined,
      asyncReporter: report,
    };
    try {
      await fc.assert(property, options);
    } finally {
      // The scenario that was interrupted runs on.
      await running.catch(() => undefined);
    }
  },
  RUNS * SCENARIO_MS * 1.5,
);

async function report(details: fc.RunDetails<[Scenario]>): Promise<void> {
  if (PROPERTY_RUNS) process.stderr.write(`${details.numRuns} scenarios, PROPERTY_SEED=${details.seed}\n`);
  if (!details.failed) return;
  throw new Error((await fc.asyncDefaultReportMessage(details)) ?? 'failed', {
    cause: details.errorInstance,
  });
}

async function runScenario({ groups, ...setting }: Scenario): Promise<void> {
  const bed = await createTestBed(await databases.empty(), setting);
  for (const group of groups) await bed.run(group);
  await bed.drain();
}

test('a cancel holds for requests that are open, and ends with the next decision of a person', async () => {
  const bed = await createTestBed(await databases.empty(), SIMPLE);
  const stepsOf = (batch: number) => async (what: Step['do'], as?: AnswerKind) =>
    bed.run([{ do: what, batch, lane: 0, request: 0, as, isTwice: false, ...soon, ...unbroken } as Step]);
  const [first, second] = [stepsOf(0), stepsOf(1)];
  // Two are in an open request when the rest is cancelled; the provider does not accept them.
  await first('turn');
  await first('cancel');
  expect((await bed.counts())[0]).toEqual({ pending: 2, cancelled: 7 });
  await first('answer', 'rejected_retryable');
  expect((await bed.counts())[0]).toEqual({ cancelled: 9 });
  // One of two failed before the rest was cancelled; a person sends to that one again.
  await second('turn');
  await second('answer', 'half_refused');
  await second('cancel');
  await second('retry_failed');
  await second('turn');
  await second('answer', 'rejected_retryable');
  expect((await bed.counts())[1]).toEqual({ sending: 1, pending: 1, cancelled: 7 });
});
