import fc from 'fast-check';
import type { AnswerKind } from './provider';
import { setStage } from './stage';
import { type Step, type Story, story } from './story';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 25);

/** Stories that once broke the promise. */
const FOUND: Step[][] = [
  // A text of the first batch, whose answer was on its way, was taken for a proof of the second's.
  [
    { do: 'turn', batch: 0, lane: 0 },
    { do: 'take', request: 0 },
    { do: 'turn', batch: 1, lane: 0 },
    { do: 'answer', request: 1, as: 'unknown_lost' },
    { do: 'reconcile', batch: 1 },
    { do: 'answer', request: 0, as: 'accepted' },
  ],
  // The text was refused after a pause: the batch was failed for good, and those on their way forgotten.
  [
    { do: 'turn', batch: 0, lane: 0 },
    { do: 'answer', request: 0, as: 'accepted' },
    { do: 'pause', batch: 0 },
    { do: 'resume', batch: 0 },
    { do: 'turn', batch: 0, lane: 0 },
    { do: 'answer', request: 0, as: 'rejected_content' },
  ],
];

test(
  'whatever happens, and in whatever order: nobody twice, nobody forgotten, nothing guessed',
  async () => {
    let playing: Promise<void> = Promise.resolve();
    const told = fc.asyncProperty(story, (one) => {
      playing = tell(one);
      return playing;
    });
    const options = {
      numRuns: RUNS,
      examples: FOUND.map((steps): [Story] => [{ aheadMs: 0, groups: steps.map((one) => [one]) }]),
      endOnFailure: false,
      interruptAfterTimeLimit: RUNS * 4_000,
      markInterruptAsFailure: false,
    };
    try {
      await fc.assert(told, options);
    } finally {
      // The one that was interrupted plays on.
      await playing.catch(() => undefined);
    }
  },
  RUNS * 6_000,
);

async function tell({ aheadMs, groups }: Story): Promise<void> {
  const stage = await setStage(aheadMs);
  try {
    for (const group of groups) await stage.play(group);
    await stage.drain();
  } finally {
    await stage.close();
  }
}

test('a cancel holds for requests that are open, and ends with the next word of a person', async () => {
  const stage = await setStage(0);
  try {
    const of = (batch: number) => async (what: Step['do'], as?: AnswerKind) =>
      stage.play([{ do: what, batch, lane: 0, request: 0, as } as Step]);
    const [first, second] = [of(0), of(1)];
    // Two are in an open request when the rest is called back; the provider does not take them.
    await first('turn');
    await first('cancel');
    expect((await stage.counts())[0]).toEqual({ pending: 2, cancelled: 7 });
    await first('answer', 'rejected_retryable');
    expect((await stage.counts())[0]).toEqual({ cancelled: 9 });
    // One of two failed before the rest was called back; somebody sends to that one again.
    await second('turn');
    await second('answer', 'half_refused');
    await second('cancel');
    await second('retry_failed');
    await second('turn');
    await second('answer', 'rejected_retryable');
    expect((await stage.counts())[1]).toEqual({ sending: 1, pending: 1, cancelled: 7 });
  } finally {
    await stage.close();
  }
});
