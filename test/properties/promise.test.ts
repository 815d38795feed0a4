import fc from 'fast-check';
import type { AnswerKind } from './provider';
import { type Scenario, type Step, scenario } from './scenario';
import { createSharedDatabases } from './shared-database';
import { createTestBed } from './test-bed';

/**
 * By hand: `PROPERTY_RUNS=2000 npx jest test/properties/promise.test.ts`, half a second each on a quiet
 * machine; PROPERTY_SEED repeats.
 */
const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
const RUNS = Number(PROPERTY_RUNS ?? 25);
/** Of a loaded machine; a run by hand is waited for. */
const SCENARIO_MS = PROPERTY_RUNS ? 30_000 : 4_000;

/**
 * Whoever waits for a while goes on at once: a lane that sits out a limit, an answer that cannot be recorded
 * yet.
 */
jest.mock('node:timers/promises', () => ({ setTimeout: () => new Promise(setImmediate) }));

const calm = { loss: null };

/** Stories that once broke the promise. */
const FOUND: Step[][] = [
  // A text of the first batch, whose answer was on its way, was taken for a proof of the second's.
  [
    { do: 'turn', batch: 0, lane: 0, ...calm },
    { do: 'take', request: 0 },
    { do: 'turn', batch: 1, lane: 0, ...calm },
    { do: 'answer', request: 1, as: 'unknown_lost' },
    { do: 'reconcile', batch: 1, isTwice: false, ...calm },
    { do: 'answer', request: 0, as: 'accepted' },
  ],
  // The text was refused after a pause: the batch was failed for good, and those on their way forgotten.
  [
    { do: 'turn', batch: 0, lane: 0, ...calm },
    { do: 'answer', request: 0, as: 'accepted' },
    { do: 'pause', batch: 0, isTwice: false, ...calm },
    { do: 'resume', batch: 0, isTwice: false, ...calm },
    { do: 'turn', batch: 0, lane: 0, ...calm },
    { do: 'answer', request: 0, as: 'rejected_content' },
  ],
];

const databases = createSharedDatabases();
afterAll(() => databases.close());

test(
  'whatever happens, and in whatever order: nobody twice, nobody forgotten, nothing guessed',
  async () => {
    let playing: Promise<void> = Promise.resolve();
    const told = fc.asyncProperty(scenario, (one) => {
      playing = tell(one);
      return playing;
    });
    const options = {
      numRuns: RUNS,
      ...(PROPERTY_SEED ? { seed: Number(PROPERTY_SEED) } : {}),
      examples: FOUND.map((steps): [Scenario] => [{ aheadMs: 0, groups: steps.map((one) => [one]) }]),
      endOnFailure: false,
      interruptAfterTimeLimit: RUNS * SCENARIO_MS,
      // Who asks for so many wants them all.
      markInterruptAsFailure: PROPERTY_RUNS !== undefined,
      asyncReporter: report,
    };
    try {
      await fc.assert(told, options);
    } finally {
      // The one that was interrupted plays on.
      await playing.catch(() => undefined);
    }
  },
  RUNS * SCENARIO_MS * 1.5,
);

async function report(details: fc.RunDetails<[Scenario]>): Promise<void> {
  if (PROPERTY_RUNS) process.stderr.write(`${details.numRuns} stories, PROPERTY_SEED=${details.seed}\n`);
  if (!details.failed) return;
  throw new Error((await fc.asyncDefaultReportMessage(details)) ?? 'failed', {
    cause: details.errorInstance,
  });
}

async function tell({ aheadMs, groups }: Scenario): Promise<void> {
  const bed = await createTestBed(await databases.empty(), aheadMs);
  for (const group of groups) await bed.play(group);
  await bed.drain();
}

test('a cancel holds for requests that are open, and ends with the next word of a person', async () => {
  const bed = await createTestBed(await databases.empty(), 0);
  const of = (batch: number) => async (what: Step['do'], as?: AnswerKind) =>
    bed.play([{ do: what, batch, lane: 0, request: 0, as, isTwice: false, loss: null } as Step]);
  const [first, second] = [of(0), of(1)];
  // Two are in an open request when the rest is called back; the provider does not take them.
  await first('turn');
  await first('cancel');
  expect((await bed.counts())[0]).toEqual({ pending: 2, cancelled: 7 });
  await first('answer', 'rejected_retryable');
  expect((await bed.counts())[0]).toEqual({ cancelled: 9 });
  // One of two failed before the rest was called back; somebody sends to that one again.
  await second('turn');
  await second('answer', 'half_refused');
  await second('cancel');
  await second('retry_failed');
  await second('turn');
  await second('answer', 'rejected_retryable');
  expect((await bed.counts())[1]).toEqual({ sending: 1, pending: 1, cancelled: 7 });
});
