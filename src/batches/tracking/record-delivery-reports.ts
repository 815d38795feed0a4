import type { Knex } from 'knex';
import type { DeliveryReport } from '../../providers/sms-provider';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueInbox } from '../enqueue-jobs';
import { addCosts } from '../store/costs';
import { listKnownMessageIds } from '../store/message-ids';
import { addToCounts, type CountChange } from '../store/move-batch';
import { settleReconciled } from '../store/submissions';
import {
  type InboxOutcome,
  type Push,
  postponeInbox,
  settleInbox,
  takeFromInbox,
} from '../store/webhook-inbox';
import {
  changeAttempts,
  changeRecipients,
  holdNamedAttempts,
  holdNamedRecipients,
} from './apply-delivery-reports.sql';
import { type Change, type Judgement, judgeDeliveryReports } from './judge-delivery-reports';
import { sanitiseDeliveryReport } from './sanitise-delivery-report';

/** A report without our order id may come before the answer that tells its message id: it is tried again. */
const FIRST_AGAIN_MS = 15_000;
const PATIENCE_MS = 24 * 3_600_000;

interface ReadPush extends Push {
  reports: DeliveryReport[];
}

/**
 * Applies a set of pushed reports, and what follows from them, in one transaction: however often it fails or is
 * repeated, each is applied once. Locks recipients' rows, then batches' rows, then jobs.
 */
export async function recordDeliveryReports(app: AppContext, provider: string): Promise<void> {
  const key = { provider, kind: 'report' as const };
  const { parseDeliveryReports } = providerOf(app, provider);
  const isFull = await app.db.transaction(async (trx) => {
    const set = await takeFromInbox(trx, key);
    const pushes = set.pushes.map((push) => ({
      ...push,
      reports: parseDeliveryReports(push.body).reports.map(sanitiseDeliveryReport),
    }));
    const { verdicts, changes } = await judge(
      trx,
      provider,
      pushes.flatMap((push) => push.reports),
    );
    await apply(app, trx, provider, changes);
    await close(app, trx, provider, pushes, verdicts);
    return set.isFull;
  });
  if (isFull) await enqueueInbox(app.db, key, 0);
}

async function judge(trx: Knex.Transaction, provider: string, reports: DeliveryReport[]): Promise<Judgement> {
  const names = {
    orderIds: reports.flatMap((one) => one.orderId ?? []),
    messageIds: reports.flatMap((one) => (one.orderId === null ? (one.messageId ?? []) : [])),
  };
  const named = [
    ...(await holdNamedRecipients(trx, provider, names)),
    ...(await holdNamedAttempts(trx, provider, names)),
  ];
  // Only to somebody who has no message id yet can a report give one that is another's.
  const mayTake = named.some((one) => one.messageId === null);
  const messageIds = mayTake ? reports.flatMap((one) => one.messageId ?? []) : [];
  return judgeDeliveryReports(reports, named, new Set(await listKnownMessageIds(trx, provider, messageIds)));
}

async function apply(
  app: AppContext,
  trx: Knex.Transaction,
  provider: string,
  changes: Change[],
): Promise<void> {
  const ofRecipients = changes.filter(({ named }) => named.kind === 'recipient');
  await changeRecipients(trx, provider, ofRecipients);
  await changeAttempts(
    trx,
    changes.filter(({ named }) => named.kind === 'attempt'),
  );
  const counts = countByBatch(changes);
  const reported = { reported_at: trx.fn.now() };
  for (const [batchId, change] of counts) await addToCounts(trx, batchId, change, reported);
  await addCosts(
    trx,
    changes.flatMap(({ named: { batchId, country }, price }) =>
      price ? { batchId, country, ...price } : [],
    ),
  );
  for (const [submissionId, batchId] of provedSubmissions(ofRecipients)) {
    await settleReconciled(trx, { provider, batchId }, submissionId);
  }
  for (const batchId of counts.keys()) await advanceBatch(app, trx, batchId);
}

/** How each batch's counts move, in the order in which batches are locked. An attempt put aside moves none. */
function countByBatch(changes: Change[]): Map<string, CountChange> {
  const counts = new Map<string, CountChange>();
  const inOrder = changes.toSorted((a, b) => Number(a.named.batchId) - Number(b.named.batchId));
  for (const { named, outcome } of inOrder) {
    const change = counts.get(named.batchId) ?? {};
    counts.set(named.batchId, change);
    if (!outcome || named.kind === 'attempt') continue;
    add(change, named.status, -1);
    add(change, outcome.status, 1);
  }
  return counts;
}

function add(change: CountChange, name: keyof CountChange, by: number): void {
  change[name] = (change[name] ?? 0) + by;
}

/** The uncertain submissions of whose recipients some are proved now. */
function provedSubmissions(changes: Change[]): Map<string, string> {
  return new Map(
    changes.flatMap(({ named, outcome }) =>
      outcome && named.status === 'unknown' && named.submissionId
        ? [[named.submissionId, named.batchId] as const]
        : [],
    ),
  );
}

/** A body is done with when all in it is; what names nobody yet is tried again, more and more rarely. */
async function close(
  app: AppContext,
  trx: Knex.Transaction,
  provider: string,
  pushes: ReadPush[],
  verdicts: Judgement['verdicts'],
): Promise<void> {
  const outcomes = pushes.map((push) => ({ push, outcome: outcomeOf(push, verdicts) }));
  const again = outcomes.filter(({ push, outcome }) => outcome === 'unmatched' && push.age_ms < PATIENCE_MS);
  const done = outcomes.filter((one) => !again.includes(one));
  await settleInbox(
    trx,
    done.map(({ push: { id }, outcome }) => ({ id, outcome })),
  );
  // An app id that is not ours, say, has every report disbelieved: whoever runs this must be able to see it.
  const disbelieved = done.flatMap(({ outcome }) => (outcome === 'applied' ? [] : [outcome]));
  if (disbelieved.length > 0) {
    const why = [...new Set(disbelieved)];
    app.log.warn({ provider, pushes: disbelieved.length, why }, 'pushed reports were not believed');
  }
  if (again.length === 0) return;
  await postponeInbox(
    trx,
    again.map(({ push }) => push.id),
    FIRST_AGAIN_MS,
  );
  await enqueueInbox(trx, { provider, kind: 'report' }, FIRST_AGAIN_MS, 'again');
}

function outcomeOf(push: ReadPush, verdicts: Judgement['verdicts']): InboxOutcome {
  const own = push.reports.map((report) => verdicts.get(report));
  if (own.length === 0) return 'unreadable';
  if (own.includes('unmatched')) return 'unmatched';
  return own.includes('disagrees') ? 'disagrees' : 'applied';
}
