import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Knex } from 'knex';
import { transact } from '../../db/transact';
import { DONE, type JobResult, snooze } from '../../queue/job-result';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueInbox } from '../enqueue-jobs';
import { lockCompleted } from '../store/batches';
import { addCosts, forgetImplausibleCosts, noteImplausibleCosts } from '../store/costs';
import { takeBackAttempts } from '../store/delivered-attempts';
import { listKnownMessageIds } from '../store/message-ids';
import { addToCounts, type CountChange } from '../store/move-batch';
import { settleReconciled } from '../store/submissions';
import {
  type InboxEntry,
  type InboxOutcome,
  postponeInbox,
  settleInbox,
  takeFromInbox,
} from '../store/webhook-inbox';
import { applyByHalves } from './apply-by-halves';
import {
  changeRecipients,
  changeReplacedAttempts,
  keepContradicted,
  lockNamedAttempts,
  lockNamedRecipients,
} from './apply-delivery-reports.sql';
import {
  type Change,
  type Judgement,
  judgeDeliveryReports,
  type PushedReport,
} from './judge-delivery-reports';
import { noteReports } from './poll-progress.sql';
import { putWebhooksAside } from './put-webhooks-aside';
import { hasImplausibleCost, sanitiseDeliveryReport } from './sanitise-delivery-report';

/**
 * A report without our order id may come before the response that tells its message id: it is tried again.
 */
const FIRST_SNOOZE_MS = 15_000;
/** A body has one report as a rule, and takes well below a millisecond. */
const BODIES_A_TURN = 10;
const PATIENCE_MS = 24 * 3_600_000;

interface ParsedWebhook extends InboxEntry {
  reports: PushedReport[];
}

/**
 * Applies a set of delivery reports from the webhook inbox, with all that follows from them, in one transaction, but for
 * webhooks that the database refuses: each is applied once, however often the job fails or runs again. Locks recipients'
 * rows, then batches' rows, then jobs; where an attempt is taken back, waiting submissions and those recipients after the batches.
 */
export async function recordDeliveryReports(app: AppContext, provider: string): Promise<JobResult> {
  const key = { provider, kind: 'report' as const };
  const { parseDeliveryReports } = providerOf(app, provider).webhooks;
  const readReports = ({ body, account_ids: accountIds }: InboxEntry) =>
    parseDeliveryReports(body).reports.map((report) => ({
      ...sanitiseDeliveryReport(report),
      accountIds,
      isCostImplausible: hasImplausibleCost(report),
    }));
  const isFull = await transact(app.db, async (trx) => {
    const set = await takeFromInbox(trx, key);
    const webhooks: ParsedWebhook[] = [];
    for (const webhook of set.entries) {
      webhooks.push({ ...webhook, reports: readReports(webhook) });
      // Others run between bodies: a set has up to a thousand.
      if (webhooks.length % BODIES_A_TURN === 0) await letOthersRun();
    }
    const { refused, left } = await applyByHalves(trx, webhooks, (step, some) =>
      applyWebhooks(app, step, provider, some),
    );
    const isSplit = await putWebhooksAside(app, trx, key, refused);
    return set.isFull || isSplit || left.length > 0;
  });
  return isFull ? snooze(0) : DONE;
}

async function applyWebhooks(
  app: AppContext,
  trx: Knex.Transaction,
  provider: string,
  webhooks: ParsedWebhook[],
): Promise<void> {
  const { verdicts, changes } = await judge(
    trx,
    provider,
    webhooks.flatMap((webhook) => webhook.reports),
  );
  await apply(app, trx, provider, await withoutSendingOfCompleted(trx, changes));
  await settleWebhooks(app, trx, provider, webhooks, verdicts);
}

async function judge(trx: Knex.Transaction, provider: string, reports: PushedReport[]): Promise<Judgement> {
  const ids = {
    orderIds: reports.flatMap((one) => one.orderId ?? []),
    messageIds: reports.flatMap((one) => (one.orderId === null ? (one.messageId ?? []) : [])),
  };
  const named = [
    ...(await lockNamedRecipients(trx, provider, ids)),
    ...(await lockNamedAttempts(trx, provider, ids)),
  ];
  // Only where a text has no message id yet can a report claim one that belongs to another text.
  const mayTake = named.some((one) => one.messageId === null);
  const messageIds = mayTake ? reports.flatMap((one) => one.messageId ?? []) : [];
  return judgeDeliveryReports(reports, named, await listKnownMessageIds(trx, provider, messageIds));
}

/** Nobody is `sending` in a completed batch: who was left unknown there stays so, and keeps the message id. */
async function withoutSendingOfCompleted(trx: Knex.Transaction, changes: Change[]): Promise<Change[]> {
  const isSending = ({ outcome }: Change) => outcome?.status === 'sending';
  const batchIds = [...new Set(changes.filter(isSending).map(({ named }) => named.batchId))];
  if (batchIds.length === 0) return changes;
  const completed = new Set(await lockCompleted(trx, batchIds));
  return changes.map((change) =>
    isSending(change) && completed.has(change.named.batchId) ? { ...change, outcome: null } : change,
  );
}

async function apply(
  app: AppContext,
  trx: Knex.Transaction,
  provider: string,
  changes: Change[],
): Promise<void> {
  const recipientChanges = changes.filter(({ named }) => named.kind === 'recipient');
  await keepContradicted(trx, changes);
  await changeRecipients(trx, provider, recipientChanges);
  await changeReplacedAttempts(
    trx,
    changes.filter(({ named }) => named.kind === 'send_attempt'),
  );
  const counts = countByBatch(changes);
  const reported = { reported_at: trx.fn.now() };
  for (const [batchId, change] of counts) await addToCounts(trx, batchId, change, reported);
  await noteReports(trx, [...new Set(changes.flatMap(({ named }) => named.submissionId ?? []))]);
  await recordCosts(app, trx, changes);
  for (const [submissionId, batchId] of listProvedSubmissions(recipientChanges)) {
    await settleReconciled(trx, { provider, batchId }, submissionId);
  }
  for (const batchId of counts.keys()) {
    await takeBackAttempts(trx, batchId);
    await advanceBatch(app, trx, batchId);
  }
}

/** A cost that no text has is in no sum: it is noted, for people and in the log, until a plausible one comes. */
async function recordCosts(app: AppContext, trx: Knex.Transaction, changes: Change[]): Promise<void> {
  const priced = changes.flatMap(({ named, price }) => (price ? { named, price } : []));
  await addCosts(
    trx,
    priced.map(({ named: { batchId, country }, price }) => ({ batchId, country, ...price })),
  );
  await forgetImplausibleCosts(
    trx,
    priced.map(({ named }) => named.orderId),
  );
  const implausible = changes.filter((one) => one.isCostImplausible).map(({ named }) => named);
  await noteImplausibleCosts(trx, implausible);
  if (implausible.length > 0) app.log.warn({ texts: implausible.length }, 'implausible costs were left out');
}

/** How each batch's counts move, in the order in which batches are locked. A replaced attempt moves none. */
function countByBatch(changes: Change[]): Map<string, CountChange> {
  const counts = new Map<string, CountChange>();
  const inOrder = changes.toSorted((a, b) => Number(a.named.batchId) - Number(b.named.batchId));
  for (const { named, outcome } of inOrder) {
    const change = counts.get(named.batchId) ?? {};
    counts.set(named.batchId, change);
    if (!outcome || named.kind === 'send_attempt') continue;
    add(change, named.status, -1);
    add(change, outcome.status, 1);
  }
  return counts;
}

function add(change: CountChange, name: keyof CountChange, by: number): void {
  change[name] = (change[name] ?? 0) + by;
}

/** The uncertain submissions that had recipients proved by these changes, with their batches. */
function listProvedSubmissions(changes: Change[]): Map<string, string> {
  return new Map(
    changes.flatMap(({ named, outcome }) =>
      outcome && named.status === 'unknown' && named.submissionId
        ? [[named.submissionId, named.batchId] as const]
        : [],
    ),
  );
}

/**
 * A webhook is done when all its reports are. One that names nobody yet is tried again, more and more rarely.
 */
async function settleWebhooks(
  app: AppContext,
  trx: Knex.Transaction,
  provider: string,
  webhooks: ParsedWebhook[],
  verdicts: Judgement['verdicts'],
): Promise<void> {
  const outcomes = webhooks.map((webhook) => ({ webhook, outcome: outcomeOf(webhook, verdicts) }));
  const postponed = outcomes.filter(
    ({ webhook, outcome }) => outcome === 'unmatched' && webhook.age_ms < PATIENCE_MS,
  );
  const done = outcomes.filter((one) => !postponed.includes(one));
  await settleInbox(
    trx,
    done.map(({ webhook: { id }, outcome }) => ({ id, outcome })),
  );
  // With a wrong app id, say, no report is believed: the operator must be able to see that.
  const disbelieved = done.flatMap(({ outcome }) => (outcome === 'applied' ? [] : [outcome]));
  if (disbelieved.length > 0) {
    const why = [...new Set(disbelieved)];
    app.log.warn({ provider, webhooks: disbelieved.length, why }, 'delivery reports were not believed');
  }
  if (postponed.length === 0) return;
  await postponeInbox(
    trx,
    postponed.map(({ webhook }) => webhook.id),
    FIRST_SNOOZE_MS,
  );
  await enqueueInbox(trx, { provider, kind: 'report' }, FIRST_SNOOZE_MS, 'again');
}

function outcomeOf(webhook: ParsedWebhook, verdicts: Judgement['verdicts']): InboxOutcome {
  const own = webhook.reports.map((report) => verdicts.get(report));
  if (own.length === 0) return 'unreadable';
  if (own.includes('unmatched')) return 'unmatched';
  return own.includes('disagrees') ? 'disagrees' : 'applied';
}
