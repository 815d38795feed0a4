import type { AppContext } from '../../src/batches/app-context';
import { cancelBatch } from '../../src/batches/control/cancel-batch';
import { moveToAccount } from '../../src/batches/control/move-to-account';
import { pauseBatch, resumeBatch } from '../../src/batches/control/pause-batch';
import { leaveUncertain, resendUncertain, retryFailed } from '../../src/batches/control/send-again';
import { reconcile } from '../../src/batches/reconciling/reconcile';
import { submitChunk } from '../../src/batches/sending/submit-chunk';
import { sweep } from '../../src/batches/sweeping/sweep';
import { pollDelivery } from '../../src/batches/tracking/poll-delivery';
import { recheckOutcomes } from '../../src/batches/tracking/recheck-outcomes';
import { ProviderError } from '../../src/providers/sms-provider';
import type { PersonActor } from '../../src/tenants/actor';
import { mobiles } from '../setup/app-context';
import { bringToEnd } from './bring-to-end';
import { checkPromise, type Snapshot, takeSnapshot, type Word } from './check-promise';
import { checkStep } from './check-step';
import {
  type AnswerKind,
  correct,
  createProvider,
  type OpenRequest,
  settle,
  type Taken,
} from './controlled-provider';
import { allSettled, passTime, sendWebhook } from './outside-events';
import type { Setting, Step, VerbName } from './scenario';
import type { SharedDatabase } from './shared-database';
import { skip } from './skipped-time';
import { startTurn, type Turn } from './turn';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A batch at one of the two accounts. */
interface Target {
  batchId: string;
  accountId: string;
  otherId: string;
}

type Verb = (app: AppContext, actor: PersonActor, at: Target) => Promise<unknown>;

const VERBS = {
  poll: (app, _actor, at) => pollDelivery(app, at),
  reconcile: (app, _actor, at) => reconcile(app, at),
  recheck: (app, _actor, at) => recheckOutcomes(app, at).catch(ignoreUnanswered),
  move: (app, actor, { batchId, accountId, otherId }) =>
    moveToAccount(app, actor, { batchId, from: accountId, to: otherId }),
  pause: (app, actor, { batchId }) => pauseBatch(app, actor, batchId),
  resume: (app, actor, { batchId }) => resumeBatch(app, actor, batchId),
  cancel: (app, actor, { batchId }) => cancelBatch(app, actor, batchId),
  leave_uncertain: leaveUncertain,
  retry_failed: retryFailed,
  resend_uncertain: resendUncertain,
} satisfies Record<VerbName, Verb>;

export interface TestBed {
  /** Recipients by status, a batch each. */
  counts(): Promise<Record<string, number>[]>;
  /** Runs these steps at the same time, then checks the promise. */
  run(steps: Step[]): Promise<void>;
  /** Brings everything that is still open to its end. */
  drain(): Promise<void>;
}

/** Numbers of two countries. */
const listFrom = (first: number) => [
  ...mobiles(5, 13_800_138_000 + first),
  ...mobiles(4, 4_915_112_345_670 + first).map((number) => `+${number}`),
];

/** Two batches share half their numbers: a provider's record could belong to either. */
export async function createTestBed(
  { testApp, connections, actors, secondAccounts }: SharedDatabase,
  setting: Setting,
): Promise<TestBed> {
  const accounts: [string, string] = [testApp.accountId, secondAccounts[setting.second]];
  // Chunks are planned by this; a turn carries its own in smaller requests.
  testApp.provider.capabilities.textsPerRequest = setting.chunkSize;
  // So that after a day the provider's list costs fewer calls than queries by id, however few the texts.
  testApp.provider.capabilities.idsPerQuestion = 1;
  const provider = createProvider(testApp.provider, setting.aheadMs);
  const app: AppContext = {
    ...testApp.app,
    providers: provider.forTurn(setting.chunkSize, () => {
      throw new Error('only a turn sends');
    }),
    settings: { ...testApp.app.settings, deliveryHorizonMs: 1_000 * HOUR_MS },
  };
  const limits = { max_open_requests: setting.requestsAtOnce, max_requests_per_second: 100_000 };
  await app.db('provider_account').update(limits);
  const route = { tenant_id: testApp.tenantId, country: 'DE', account_id: accounts[1] };
  if (setting.isRouted) await app.db('account_route').insert(route);
  const batches = [await testApp.started(listFrom(0)), await testApp.started(listFrom(2))];
  let open: { request: OpenRequest; turn: Turn }[] = [];
  let snapshot = await takeSnapshot(app.db);
  /** Of the last verb. */
  let outcomes: unknown[] = [];

  const targetOf = ({ batch, account }: { batch: number; account: number }): Target => ({
    batchId: batches[batch] as string,
    accountId: accounts[account] as string,
    otherId: accounts[1 - account] as string,
  });
  const at = (index: number) => open[index % Math.max(1, open.length)];

  function isKnown(text: Taken): boolean {
    const known = [...snapshot.rows, ...snapshot.replacedAttempts];
    return known.some((row) => row.order_id === text.orderId && row.provider_message_id !== null);
  }

  /** A worker that is dead gets no answer. */
  function drop(turn: Turn | undefined): void {
    open = open.filter((one) => one.turn !== turn);
  }

  async function takeTurn(step: Extract<Step, { do: 'turn' }>): Promise<void> {
    const submit = (turn: Turn, draining: AbortSignal) => {
      const providers = provider.forTurn(setting.textsPerRequest, (request) => {
        open.push({ request, turn });
        turn.noteOpen();
      });
      return submitChunk({ ...app, providers, draining }, { ...targetOf(step), lane: step.lane });
    };
    await startTurn(submit, drop).untilIdle();
  }

  async function answer({ request, as, isLate }: Extract<Step, { do: 'answer' }>): Promise<void> {
    const one = at(request);
    if (!one) return;
    open = open.filter((other) => other !== one);
    if (isLate) skip(1_000);
    const idle = one.turn.untilIdle();
    one.request.answer(as, isKnown);
    await idle;
  }

  /** Two people press the same button, or two processes do the same job. */
  async function doVerb(step: Extract<Step, { do: VerbName }>, isAlone: boolean): Promise<void> {
    const verb = VERBS[step.do];
    const by = step.isTwice ? actors : actors.slice(0, 1);
    outcomes = await allSettled<unknown>(by.map((actor) => verb(app, actor, targetOf(step))));
    if (isAlone) expect(outcomes.filter(hasActed).length).toBeLessThanOrEqual(1);
  }

  async function act(step: Step, isAlone: boolean): Promise<void> {
    switch (step.do) {
      case 'turn':
        return takeTurn(step);
      case 'answer':
        return answer(step);
      case 'take':
        return at(step.request)?.request.take();
      case 'crash':
        return drop(at(step.request)?.turn);
      case 'sigterm':
        return at(step.request)?.turn.sigterm();
      case 'sweep':
        return void (await sweep(app));
      case 'pass':
        return passTime(app.db, provider, step.minutes * MINUTE_MS);
      case 'push':
        return sendWebhook(app, provider, step);
      case 'settle_texts':
        return provider.taken.forEach(settle);
      case 'correct_texts':
        return provider.taken.forEach(correct);
      case 'silence':
        return provider.setSilent(step.isSilent);
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
    const isBroken = connections.wereBroken();
    if (isBroken) await connections.settle();
    else
      for (const one of results) if (one.status === 'rejected' && !isDeadlock(one.reason)) throw one.reason;
    const now = await takeSnapshot(app.db);
    checkPromise(snapshot, now, provider.taken, wordOf(steps));
    if (isAlone && !isBroken) checkAlone(steps[0] as Step, now);
    snapshot = now;
  }

  function checkAlone(step: Step, now: Snapshot): void {
    const accountId = 'account' in step ? targetOf(step).accountId : null;
    const isSilent = provider.isSilent();
    checkStep({ step, before: snapshot, now, taken: provider.taken, isSilent, accountId, outcomes });
  }

  async function answerAll(as: AnswerKind): Promise<void> {
    while (open.length > 0) await run([{ do: 'answer', request: 0, as, isLate: true }]);
  }

  async function drain(): Promise<void> {
    provider.setSilent(false);
    await answerAll('accepted');
    await bringToEnd({
      run,
      answerAll,
      texts: () => provider.taken.length,
      statuses: () => snapshot.batches.map(({ status }) => status),
    });
  }

  const counts = () => Promise.all(batches.map((batchId) => testApp.recipients(batchId)));
  return { run, drain, counts };
}

/** A question that was not answered fails the job, which is tried again. */
function ignoreUnanswered(error: unknown): void {
  if (!(error instanceof ProviderError)) throw error;
}

/** Postgres ends a deadlock by failing one of the two, which is tried again: a delay, no harm. */
const isDeadlock = (error: unknown) => (error as { code?: string }).code === '40P01';

const ASKS: Partial<Record<Step['do'], string>> = {
  retry_failed: 'failed',
  move: 'failed',
  resend_uncertain: 'unknown',
};

/** What the people of these steps ask for. A step at the same time may lead to these statuses first. */
function wordOf(steps: Step[]): Word {
  const asked = steps.flatMap((step) => {
    const from = ASKS[step.do];
    return from ? ('isTwice' in step && step.isTwice ? [from, from] : [from]) : [];
  });
  const isAlone = steps.length === 1 || asked.length === 0;
  return { times: asked.length, resendable: isAlone ? asked : ['pending', 'sending', 'failed', 'unknown'] };
}

const ACTED = ['paused', 'resumed', 'cancelled', 'started', 'moved', 'left'];
const hasActed = (outcome: unknown) => ACTED.includes((outcome as { kind: string } | undefined)?.kind ?? '');
