import fc from 'fast-check';
import { cancelBatch } from '../../src/batches/cancel-batch';
import type { Heart } from '../../src/batches/heart';
import { pauseBatch, resumeBatch } from '../../src/batches/pause-batch';
import { pollDelivery } from '../../src/batches/poll-delivery';
import { reconcile } from '../../src/batches/reconcile';
import { leaveUncertain, resendUncertain, retryFailed } from '../../src/batches/send-again';
import { submitChunk } from '../../src/batches/submit-chunk';
import { sweep } from '../../src/batches/sweep';
import { createTestHeart, mobiles, type TestHeart } from '../setup/heart';
import { checkPromise, takePicture } from './check-promise';
import { ANSWERS, type AnswerKind, createProvider, type OpenRequest, type Provider } from './provider';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 25);
const HOUR_MS = 3_600_000;

const VERBS = {
  poll: pollDelivery,
  reconcile,
  pause: byPerson(pauseBatch),
  resume: byPerson(resumeBatch),
  cancel: byPerson(cancelBatch),
  leave_uncertain: byPerson(leaveUncertain),
  retry_failed: byPerson(retryFailed),
  resend_uncertain: byPerson(resendUncertain),
} as const;
type VerbName = keyof typeof VERBS;
const RARE: readonly string[] = ['pause', 'resume', 'cancel'];
const WORDS_OF_A_PERSON: readonly string[] = ['retry_failed', 'resend_uncertain'];

type Step =
  | { do: 'turn'; batch: number; lane: number }
  | { do: 'answer'; request: number; as: AnswerKind }
  /** The provider accepts the request, its answer still on the way; or the worker dies, and hears none. */
  | { do: 'take' | 'crash'; request: number }
  | { do: VerbName; batch: number }
  | { do: 'sweep' | 'hour' | 'settle_texts' };

const batch = fc.nat({ max: 1 });
const request = fc.nat({ max: 4 });
const lane = fc.nat({ max: 2 });
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
/** Mostly it goes on: what stops or ends a batch is rare, or a story would be over soon. */
const answer = fc.oneof(often(1, fc.constant('accepted' as const)), often(2, fc.constantFrom(...ANSWERS)));
const verb = fc.oneof(
  often(1, fc.constant('cancel' as const)),
  often(4, fc.constant('pause' as const)),
  often(20, fc.constant('resume' as const)),
  often(50, fc.constantFrom(...(Object.keys(VERBS) as VerbName[]).filter((one) => !RARE.includes(one)))),
);
const event = fc.constantFrom('sweep' as const, 'hour' as const, 'settle_texts' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  often(14, fc.record({ do: fc.constant('turn' as const), batch, lane })),
  often(9, fc.record({ do: fc.constant('answer' as const), request, as: answer })),
  often(4, fc.record({ do: fc.constantFrom('take' as const, 'take' as const, 'crash' as const), request })),
  often(10, fc.record({ do: verb, batch })),
  often(5, fc.record({ do: event })),
);
/** Steps of one group happen at the same time. */
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 30, maxLength: 60 });

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
    await fc.assert(
      fc.asyncProperty(story, async (groups) => {
        const stage = await setStage();
        try {
          for (const group of groups) await stage.play(group);
          await stage.drain();
        } finally {
          await stage.close();
        }
      }),
      {
        numRuns: RUNS,
        examples: FOUND.map((steps) => [steps.map((one) => [one])]),
        endOnFailure: false,
        interruptAfterTimeLimit: RUNS * 4_000,
        markInterruptAsFailure: false,
      },
    );
  },
  RUNS * 6_000,
);

test('a cancel holds for requests that are open, and ends with the next word of a person', async () => {
  const stage = await setStage();
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

interface Stage {
  /** Recipients by status, a batch each. */
  counts(): Promise<Record<string, number>[]>;
  play(steps: Step[]): Promise<void>;
  /** Everything that is still open comes to its end. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Two batches of one account to the same numbers: a record of the provider could be either's. */
async function setStage(): Promise<Stage> {
  const world = await createTestHeart();
  world.channel.maxMessagesPerSend = 2;
  const provider = createProvider(world.channel);
  const heart: Heart = {
    ...world.heart,
    channels: {
      onbuka: provider.channel(() => {
        throw new Error('only a turn sends');
      }),
    },
    settings: { ...world.heart.settings, deliveryHorizonMs: 1_000 * HOUR_MS },
  };
  const batches = [await world.started(mobiles(9)), await world.started(mobiles(9))];
  const open: { request: OpenRequest; done: Promise<void> }[] = [];
  let picture = await takePicture(heart.db);

  async function turn(batchId: string, lane: number): Promise<void> {
    let onOpen: (request: OpenRequest) => void = () => {};
    const opened = new Promise<OpenRequest>((resolve) => {
      onOpen = resolve;
    });
    const done = submitChunk({ ...heart, channels: { onbuka: provider.channel(onOpen) } }, batchId, lane);
    const request = await Promise.race([opened, done]);
    if (request) open.push({ request, done });
  }

  async function answer(index: number, as: AnswerKind): Promise<void> {
    const [one] = open.splice(index % Math.max(1, open.length), 1);
    one?.request.answer(as);
    await one?.done;
  }

  async function act(step: Step): Promise<void> {
    switch (step.do) {
      case 'turn':
        return turn(batches[step.batch] as string, step.lane);
      case 'answer':
        return answer(step.request, step.as);
      case 'take':
        return open[step.request % Math.max(1, open.length)]?.request.take();
      case 'crash':
        return void open.splice(step.request % Math.max(1, open.length), 1);
      case 'sweep':
        return sweep(heart);
      case 'hour':
        return passTime(heart, provider, HOUR_MS);
      case 'settle_texts':
        return settleTexts(provider);
      default:
        return await VERBS[step.do](heart, batches[step.batch] as string, world).then(() => undefined);
    }
  }

  async function play(steps: Step[]): Promise<void> {
    for (const played of await Promise.allSettled(steps.map(act))) {
      if (played.status === 'rejected' && !isDeadlock(played.reason)) throw played.reason;
    }
    const now = await takePicture(heart.db);
    checkPromise(
      picture,
      now,
      provider.taken,
      steps.some((one) => WORDS_OF_A_PERSON.includes(one.do)),
    );
    picture = now;
  }

  async function drain(): Promise<void> {
    while (open.length > 0) await play([{ do: 'answer', request: 0, as: 'accepted' }]);
    for (let round = 0; round < 40 && !isOver(picture); round += 1) {
      await play([{ do: 'hour' }]);
      await play([{ do: 'sweep' }]);
      for (const batch of batches.keys()) {
        for (const one of ['resume', 'poll', 'reconcile', 'leave_uncertain'] as const)
          await play([{ do: one, batch }]);
        await play([{ do: 'turn', batch, lane: 0 }]);
        if (open.length > 0) await play([{ do: 'answer', request: 0, as: 'accepted' }]);
      }
      await play([{ do: 'settle_texts' }]);
    }
    expect(picture.batches.map((one) => one.status).filter((one) => !ENDS.includes(one as string))).toEqual(
      [],
    );
  }

  const counts = () => Promise.all(batches.map((batchId) => world.recipients(batchId)));
  return { play, drain, counts, close: () => world.close() };
}

const ENDS = ['completed', 'cancelled', 'failed'];
const isOver = (picture: Awaited<ReturnType<typeof takePicture>>) =>
  picture.batches.every((one) => ENDS.includes(one.status as string));

/** Postgres breaks a deadlock by failing one of the two, which comes again: a delay, no harm. */
const isDeadlock = (error: unknown) => (error as { code?: string }).code === '40P01';

/** Every clock moves on: ours in the tables, and the provider's. */
async function passTime({ db }: Heart, provider: Provider, ms: number): Promise<void> {
  const back = (column: string) => db.raw(`?? - ? * interval '1 ms'`, [column, ms]);
  const shift = (columns: string[]) => Object.fromEntries(columns.map((column) => [column, back(column)]));
  provider.passTime(ms);
  await db('sms_submission').update(shift(['started_at', 'finished_at', 'not_before']));
  await db('sms_batch').update(shift(['submitted_at', 'moved_at']));
  await db('tenant_channel_config').update(shift(['held_until']));
}

/** The texts that are on their way arrive, but for one in three. */
function settleTexts({ taken }: Provider): void {
  for (const [index, text] of taken.entries()) {
    if (text.status === 'sending') text.status = index % 3 === 0 ? 'failed' : 'delivered';
  }
}

type Verb<R> = (heart: Heart, call: { tenantId: string; userId: string; batchId: string }) => Promise<R>;

function byPerson<R>(verb: Verb<R>) {
  return (heart: Heart, batchId: string, { tenantId, userId }: TestHeart) =>
    verb(heart, { tenantId, userId, batchId });
}
