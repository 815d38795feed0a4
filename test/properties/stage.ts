import { cancelBatch } from '../../src/batches/cancel-batch';
import type { Heart } from '../../src/batches/heart';
import { landPushes } from '../../src/batches/land-pushes';
import { pauseBatch, resumeBatch } from '../../src/batches/pause-batch';
import { pollDelivery } from '../../src/batches/poll-delivery';
import { reconcile } from '../../src/batches/reconcile';
import { recordReports } from '../../src/batches/record-reports';
import { leaveUncertain, resendUncertain, retryFailed } from '../../src/batches/send-again';
import { submitChunk } from '../../src/batches/submit-chunk';
import { sweep } from '../../src/batches/sweep';
import { createTestHeart, mobiles, type TestHeart } from '../setup/heart';
import { checkPromise, takePicture } from './check-promise';
import { type AnswerKind, createProvider, type OpenRequest, type Provider, settle } from './provider';
import type { Step, VerbName } from './story';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const VERBS = {
  poll: pollDelivery,
  reconcile,
  pause: byPerson(pauseBatch),
  resume: byPerson(resumeBatch),
  cancel: byPerson(cancelBatch),
  leave_uncertain: byPerson(leaveUncertain),
  retry_failed: byPerson(retryFailed),
  resend_uncertain: byPerson(resendUncertain),
} satisfies Record<VerbName, unknown>;
const WORDS_OF_A_PERSON: readonly string[] = ['retry_failed', 'resend_uncertain'];

export interface Stage {
  /** Recipients by status, a batch each. */
  counts(): Promise<Record<string, number>[]>;
  play(steps: Step[]): Promise<void>;
  /** Everything that is still open comes to its end. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Two batches of one account, half of them to the same numbers: a record of the provider could be either's. */
export async function setStage(aheadMs: number): Promise<Stage> {
  const world = await createTestHeart();
  world.channel.maxMessagesPerSend = 2;
  // Few as they are, after a day it costs less to look for them in the list of the provider than to ask about each.
  world.channel.maxIdsPerQuery = 1;
  const provider = createProvider(world.channel, aheadMs);
  const heart: Heart = {
    ...world.heart,
    channels: {
      onbuka: provider.channel(() => {
        throw new Error('only a turn sends');
      }),
    },
    settings: { ...world.heart.settings, deliveryHorizonMs: 1_000 * HOUR_MS },
  };
  const batches = [await world.started(mobiles(9)), await world.started(mobiles(9, 13_800_138_004))];
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
      case 'pass':
        return passTime(heart, provider, step.minutes * MINUTE_MS);
      case 'push':
        return push(heart, provider, step);
      case 'settle_texts':
        return provider.taken.forEach(settle);
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
      await play([{ do: 'pass', minutes: 60 }]);
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
  await db('sms_batch').update(shift(['submitted_at', 'moved_at', 'checked_at', 'reported_at']));
  await db('tenant_channel_config').update(shift(['held_until']));
}

/** Nothing is pushed of a text that is not there. */
async function push(
  heart: Heart,
  { taken }: Provider,
  step: { text: number; hasId: boolean },
): Promise<void> {
  const index = step.text % Math.max(1, taken.length);
  const text = taken[index];
  if (!text) return;
  settle(text, index);
  const report = {
    appId: 'app',
    orderId: text.orderId,
    mobile: text.number.slice(1),
    status: text.status === 'delivered' ? 0 : 1,
    ...(step.hasId ? { msgid: text.messageId } : {}),
  };
  await landPushes(heart, { channel: 'onbuka', kind: 'report' }, [JSON.stringify(report)]);
  await recordReports(heart, 'onbuka');
}

type Verb<R> = (heart: Heart, call: { tenantId: string; userId: string; batchId: string }) => Promise<R>;

function byPerson<R>(verb: Verb<R>) {
  return (heart: Heart, batchId: string, { tenantId, userId }: TestHeart) =>
    verb(heart, { tenantId, userId, batchId });
}
