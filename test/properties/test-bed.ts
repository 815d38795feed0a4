import type { AppContext } from '../../src/batches/app-context';
import { cancelBatch } from '../../src/batches/control/cancel-batch';
import { pauseBatch, resumeBatch } from '../../src/batches/control/pause-batch';
import { leaveUncertain, resendUncertain, retryFailed } from '../../src/batches/control/send-again';
import { reconcile } from '../../src/batches/reconciling/reconcile';
import { submitChunk } from '../../src/batches/sending/submit-chunk';
import { sweep } from '../../src/batches/sweeping/sweep';
import { pollDelivery } from '../../src/batches/tracking/poll-delivery';
import { mobiles } from '../setup/app-context';
import { checkPromise, type Snapshot, takeSnapshot } from './check-promise';
import { type AnswerKind, createProvider, type OpenRequest, settle } from './controlled-provider';
import { allSettled, passTime, sendWebhook } from './outside-events';
import type { Step, VerbName } from './scenario';
import type { SharedDatabase } from './shared-database';

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

export interface TestBed {
  /** Recipients by status, a batch each. */
  counts(): Promise<Record<string, number>[]>;
  /** Runs these steps at the same time, then checks the promise. */
  run(steps: Step[]): Promise<void>;
  /** Brings everything that is still open to its end. */
  drain(): Promise<void>;
}

/** Two batches of one account share half their numbers: a provider's record could belong to either. */
export async function createTestBed(
  { testApp, connections, userIds }: SharedDatabase,
  aheadMs: number,
): Promise<TestBed> {
  testApp.provider.maxMessagesPerSend = 2;
  // So that after a day the provider's list costs fewer calls than queries by id, however few the texts.
  testApp.provider.maxIdsPerQuery = 1;
  const provider = createProvider(testApp.provider, aheadMs);
  const app: AppContext = {
    ...testApp.app,
    providers: {
      onbuka: provider.forTurn(() => {
        throw new Error('only a turn sends');
      }),
    },
    settings: { ...testApp.app.settings, deliveryHorizonMs: 1_000 * HOUR_MS },
  };
  const batches = [await testApp.started(mobiles(9)), await testApp.started(mobiles(9, 13_800_138_004))];
  const open: { request: OpenRequest; done: Promise<void> }[] = [];
  let snapshot = await takeSnapshot(app.db);

  async function turn(batchId: string, lane: number): Promise<void> {
    let onOpen: (request: OpenRequest) => void = () => {};
    const opened = new Promise<OpenRequest>((resolve) => {
      onOpen = resolve;
    });
    const done = submitChunk({ ...app, providers: { onbuka: provider.forTurn(onOpen) } }, batchId, lane);
    const request = await Promise.race([opened, done]);
    if (request) open.push({ request, done });
  }

  async function answer(index: number, as: AnswerKind): Promise<void> {
    const [one] = open.splice(index % Math.max(1, open.length), 1);
    one?.request.answer(as);
    await one?.done;
  }

  /** Two people press the same button, or two processes do the same job. */
  async function doVerb(step: Extract<Step, { do: VerbName }>, isAlone: boolean): Promise<void> {
    const verb = VERBS[step.do];
    const batchId = batches[step.batch] as string;
    const by = step.isTwice ? userIds : userIds.slice(0, 1);
    const outcomes = await allSettled<unknown>(
      by.map((userId) => verb(app, batchId, { tenantId: testApp.tenantId, userId })),
    );
    if (isAlone) expect(outcomes.filter(hasActed).length).toBeLessThanOrEqual(1);
  }

  async function act(step: Step, isAlone: boolean): Promise<void> {
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
        return sweep(app);
      case 'pass':
        return passTime(app.db, provider, step.minutes * MINUTE_MS);
      case 'push':
        return sendWebhook(app, provider, step);
      case 'settle_texts':
        return provider.taken.forEach(settle);
      default:
        return doVerb(step, isAlone);
    }
  }

  async function run(steps: Step[]): Promise<void> {
    const isAlone = steps.length === 1;
    const results = await Promise.allSettled(
      steps.map((step) => connections.run('loss' in step ? step.loss : null, () => act(step, isAlone))),
    );
    // A step whose connection broke fails, and so may one that waits for its locks: both are harmless.
    if (connections.wereBroken()) await connections.settle();
    else
      for (const one of results) if (one.status === 'rejected' && !isDeadlock(one.reason)) throw one.reason;
    const now = await takeSnapshot(app.db);
    checkPromise(snapshot, now, provider.taken, resendableStatuses(steps));
    snapshot = now;
  }

  async function drain(): Promise<void> {
    while (open.length > 0) await run([{ do: 'answer', request: 0, as: 'accepted' }]);
    for (let round = 0; round < 40 && !isOver(snapshot); round += 1) {
      await run([{ do: 'pass', minutes: 60 }]);
      await run([{ do: 'sweep', loss: null }]);
      for (const batch of batches.keys()) {
        if (isEnd(snapshot.batches[batch])) continue;
        for (const one of ['resume', 'poll', 'reconcile', 'leave_uncertain'] as const)
          await run([{ do: one, batch, isTwice: false, loss: null }]);
        await run([{ do: 'turn', batch, lane: 0, loss: null }]);
        if (open.length > 0) await run([{ do: 'answer', request: 0, as: 'accepted' }]);
      }
      await run([{ do: 'settle_texts' }]);
    }
    expect(snapshot.batches.filter((one) => !isEnd(one))).toEqual([]);
  }

  const counts = () => Promise.all(batches.map((batchId) => testApp.recipients(batchId)));
  return { run, drain, counts };
}

const ENDS = ['completed', 'cancelled', 'failed'];
const isEnd = (batch: Snapshot['batches'][number] | undefined) => ENDS.includes(batch?.status as string);
const isOver = (snapshot: Snapshot) => snapshot.batches.every(isEnd);

/** Postgres ends a deadlock by failing one of the two, which is tried again: a delay, no harm. */
const isDeadlock = (error: unknown) => (error as { code?: string }).code === '40P01';

/**
 * The statuses from which a person's decision sends again. A step at the same time may lead to them first.
 */
function resendableStatuses(steps: Step[]): string[] {
  const asked = steps.flatMap(({ do: what }) =>
    what === 'retry_failed' ? ['failed'] : what === 'resend_uncertain' ? ['unknown'] : [],
  );
  return asked.length > 0 && steps.length > 1 ? ['pending', 'sending', 'failed', 'unknown'] : asked;
}

const ACTED = ['paused', 'resumed', 'cancelled', 'started'];
const hasActed = (outcome: unknown) =>
  outcome === true || ACTED.includes((outcome as { kind: string } | undefined)?.kind ?? '');

type Person = { tenantId: string; userId: string };

function byPerson<R>(verb: (app: AppContext, call: Person & { batchId: string }) => Promise<R>) {
  return (app: AppContext, batchId: string, person: Person) => verb(app, { ...person, batchId });
}
