import { groupBy } from '../../group-by';
import type { DeliveryReport } from '../../providers/provider-webhooks';
import type { RecipientStatus } from '../states';
import type { Price } from '../store/costs';
import { idInAccount } from '../store/message-ids';

/**
 * Decides whether a delivery report is believed, and what it changes. Pure. A signature proves only who can have sent a
 * report, and not every provider signs: one is believed only where everything in it agrees with our own tables.
 */

/** A report that came as a webhook. */
export interface PushedReport extends DeliveryReport {
  /** The accounts that can have got it; null where nothing tells. */
  accountIds: string[] | null;
  /** It named a cost that no text has, and its `cost` is null. */
  isCostImplausible: boolean;
}

/** A recipient that a report names, or a send attempt that a later one has replaced. */
export interface Named {
  kind: 'recipient' | 'send_attempt';
  id: string;
  batchId: string;
  orderId: string;
  messageId: string | null;
  recipientNumber: string;
  country: string | null;
  status: RecipientStatus;
  attempt: number;
  /** Of its outcome, where it has one. */
  reason: string | null;
  settledBy: string | null;
  settledAt: Date;
  submissionId: string | null;
  isPriced: boolean;
  /** What it can have been sent with. */
  senders: Sender[];
}

export interface Sender {
  accountId: string;
  subAccount: string;
}

/** What the reports of a set change in one recipient or send attempt. */
export interface Change {
  named: Named;
  /** The account that the reports came to; with `messageId`, where they tell one that was not known. */
  accountId: string | null;
  messageId: string | null;
  outcome: Outcome | null;
  /** What contradicts an outcome that was known before it: both stay in the history. */
  contradicted: OutcomeChange[];
  price: Price | null;
  /** A report named a cost that no text has, and none named a price. */
  isCostImplausible: boolean;
}

/** `sending`: an uncertain text is proved to be on its way. */
interface Outcome {
  status: 'delivered' | 'failed' | 'sending';
  reason: string | null;
  at: string | null;
}

export interface OutcomeChange {
  /** Null: the outcome that the tables have. */
  was: Outcome | null;
  said: Outcome;
}

export interface Judgement {
  verdicts: Map<PushedReport, 'applied' | 'unmatched' | 'disagrees'>;
  changes: Change[];
}

const OPEN: readonly RecipientStatus[] = ['pending', 'sending', 'unknown'];

/**
 * Judges reports in the order in which they came. The first outcome of a text stays, so that duplicates and disorder change
 * nothing; but `delivered` is true whenever it comes, and a `failed` beside it is a contradiction. `takenIds`: message ids that
 * belong to a known text, as `idInAccount` writes them.
 */
export function judgeDeliveryReports(
  reports: PushedReport[],
  named: Named[],
  takenIds: ReadonlySet<string>,
): Judgement {
  const byOrderId = groupBy(named, (one) => one.orderId);
  // An id names one text of each account: another account may have given the same.
  const byMessageId = groupBy(named, (one) => one.messageId ?? '');
  const taken = new Set(takenIds);
  const changes = new Map<Named, Change>();
  const verdicts: Judgement['verdicts'] = new Map();

  for (const report of reports) {
    const possible = (
      report.orderId === null ? byMessageId.get(report.messageId ?? '') : byOrderId.get(report.orderId)
    )?.map((one) => changes.get(one) ?? unchanged(one));
    const [change, ...others] = possible?.filter((one) => agrees(one, report, taken)) ?? [];
    if (!possible) verdicts.set(report, 'unmatched');
    else if (!change || others.length > 0) verdicts.set(report, 'disagrees');
    else if (isTooEarly(change, report)) verdicts.set(report, 'unmatched');
    else {
      verdicts.set(report, 'applied');
      changes.set(change.named, addTo(change, report));
      const accountId = senderOf(change.named, report)?.accountId;
      if (report.messageId && accountId) taken.add(idInAccount(accountId, report.messageId));
    }
  }
  return { verdicts, changes: [...changes.values()].filter(changesAnything) };
}

function unchanged(named: Named): Change {
  const nothing = { accountId: null, messageId: null, outcome: null, price: null, isCostImplausible: false };
  return { named, ...nothing, contradicted: [] };
}

/** Our own answer, which is about to come, says that too. If it is lost, a later report proves it. */
function isTooEarly({ named, outcome }: Change, report: DeliveryReport): boolean {
  return report.status === 'sending' && named.status === 'pending' && outcome === null;
}

function agrees({ named, messageId }: Change, report: PushedReport, taken: Set<string>): boolean {
  const sender = senderOf(named, report);
  if (!sender) return false;
  if (report.recipientNumber !== named.recipientNumber) return false;
  if (report.messageId === null) return true;
  const known = named.messageId ?? messageId;
  return known === null
    ? !taken.has(idInAccount(sender.accountId, report.messageId))
    : report.messageId === known;
}

const senderOf = ({ senders }: Named, report: PushedReport) =>
  senders.find((sender) => isAbout(report, sender));

const isAbout = ({ subAccount, accountIds }: PushedReport, sender: Sender) =>
  sender.subAccount === subAccount && (accountIds === null || accountIds.includes(sender.accountId));

/**
 * A `pending` recipient is as open as an accepted one: only a request can have told the provider the order
 * id, so the report proves that the request arrived, whatever its response says or will say.
 */
function addTo(change: Change, report: PushedReport): Change {
  const { named } = change;
  const isOpen =
    report.status === 'sending'
      ? named.kind === 'recipient' &&
        named.status === 'unknown' &&
        named.messageId === null &&
        report.messageId !== null &&
        change.outcome === null
      : OPEN.includes(named.status) && (change.outcome === null || change.outcome.status === 'sending');
  const price = change.price ?? (named.isPriced ? null : priceIn(report));
  return {
    named,
    accountId: change.accountId ?? senderOf(named, report)?.accountId ?? null,
    messageId: change.messageId ?? (named.messageId === null ? report.messageId : null),
    ...outcomeAfter(change, { status: report.status, reason: report.reason, at: report.reportedAt }, isOpen),
    price,
    isCostImplausible: !named.isPriced && !price && (change.isCostImplausible || report.isCostImplausible),
  };
}

function outcomeAfter(
  change: Change,
  said: Outcome,
  isOpen: boolean,
): Pick<Change, 'outcome' | 'contradicted'> {
  const { named, outcome, contradicted } = change;
  if (isOpen) return { outcome: said, contradicted };
  const was = isFinal(outcome?.status) ? outcome : null;
  const known = was ?? { status: named.status, reason: named.reason, at: named.settledAt.toISOString() };
  if (!isFinal(known.status) || !isFinal(said.status)) return { outcome, contradicted };
  if (known.status === said.status) {
    // Who was asked tells no reason; the report that follows does.
    const isReason = said.status === 'failed' && !known.reason && said.reason;
    return { outcome: isReason ? said : outcome, contradicted };
  }
  // An old report that comes again, or late, contradicts nothing.
  if (said.status === 'failed' && said.at !== null && known.at !== null && said.at <= known.at)
    return { outcome, contradicted };
  return {
    outcome: said.status === 'delivered' ? said : outcome,
    contradicted: [...contradicted, { was, said }],
  };
}

const isFinal = (status: string | undefined) => status === 'delivered' || status === 'failed';

/** Null without both a cost and its currency. */
function priceIn({ cost, currency, segmentsCharged }: DeliveryReport): Price | null {
  return cost === null || currency === null ? null : { cost, currency, segments: segmentsCharged };
}

function changesAnything({ messageId, outcome, contradicted, price, isCostImplausible }: Change): boolean {
  const isTold = messageId !== null || outcome !== null || contradicted.length > 0;
  return isTold || price !== null || isCostImplausible;
}
