import type { DeliveryReport } from '../../providers/provider-webhooks';
import type { RecipientStatus } from '../states';
import type { Price } from '../store/costs';

/**
 * Decides whether a delivery report is believed, and what it changes. Pure. A signature proves only who can have sent a
 * report, and not every provider signs: one is believed only where everything in it agrees with our own tables.
 */

/** A report that came as a webhook. */
export interface PushedReport extends DeliveryReport {
  /** The accounts that can have got it; null where nothing tells. */
  accountIds: string[] | null;
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
  messageId: string | null;
  /** `sending`: an uncertain text is proved to be on its way. */
  outcome: { status: 'delivered' | 'failed' | 'sending'; reason: string | null; at: string | null } | null;
  price: Price | null;
}

export interface Judgement {
  verdicts: Map<PushedReport, 'applied' | 'unmatched' | 'disagrees'>;
  changes: Change[];
}

const OPEN: readonly RecipientStatus[] = ['pending', 'sending', 'unknown'];

/**
 * Judges reports in the order in which they came. The first outcome of a text stays, so duplicates and
 * disorder change nothing. `takenIds`: message ids that belong to a known text.
 */
export function judgeDeliveryReports(
  reports: PushedReport[],
  named: Named[],
  takenIds: ReadonlySet<string>,
): Judgement {
  const byOrderId = new Map(named.map((one) => [one.orderId, one]));
  const byMessageId = new Map(named.map((one) => [one.messageId, one]));
  const taken = new Set(takenIds);
  const changes = new Map<Named, Change>();
  const verdicts: Judgement['verdicts'] = new Map();

  for (const report of reports) {
    const one = report.orderId === null ? byMessageId.get(report.messageId) : byOrderId.get(report.orderId);
    const change = one && (changes.get(one) ?? unchanged(one));
    if (!change || isTooEarly(change, report)) verdicts.set(report, 'unmatched');
    else if (!agrees(change, report, taken)) verdicts.set(report, 'disagrees');
    else {
      verdicts.set(report, 'applied');
      changes.set(change.named, addTo(change, report));
      if (report.messageId) taken.add(report.messageId);
    }
  }
  return { verdicts, changes: [...changes.values()].filter(changesAnything) };
}

function unchanged(named: Named): Change {
  return { named, messageId: null, outcome: null, price: null };
}

/** Our own answer, which is about to come, says that too. If it is lost, a later report proves it. */
function isTooEarly({ named, outcome }: Change, report: DeliveryReport): boolean {
  return report.status === 'sending' && named.status === 'pending' && outcome === null;
}

function agrees({ named, messageId }: Change, report: PushedReport, taken: Set<string>): boolean {
  if (!named.senders.some((sender) => isAbout(report, sender))) return false;
  if (report.recipientNumber !== named.recipientNumber) return false;
  if (report.messageId === null) return true;
  const known = named.messageId ?? messageId;
  return known === null ? !taken.has(report.messageId) : report.messageId === known;
}

const isAbout = ({ subAccount, accountIds }: PushedReport, sender: Sender) =>
  sender.subAccount === subAccount && (accountIds === null || accountIds.includes(sender.accountId));

/**
 * A `pending` recipient is as open as an accepted one: only a request can have told the provider the order
 * id, so the report proves that the request arrived, whatever its response says or will say.
 */
function addTo(change: Change, report: DeliveryReport): Change {
  const { named } = change;
  const isOpen =
    report.status === 'sending'
      ? named.kind === 'recipient' &&
        named.status === 'unknown' &&
        named.messageId === null &&
        report.messageId !== null &&
        change.outcome === null
      : OPEN.includes(named.status) && (change.outcome === null || change.outcome.status === 'sending');
  return {
    named,
    messageId: change.messageId ?? (named.messageId === null ? report.messageId : null),
    outcome: isOpen
      ? { status: report.status, reason: report.reason, at: report.reportedAt }
      : change.outcome,
    price: change.price ?? (named.isPriced ? null : priceIn(report)),
  };
}

/** Null without both a cost and its currency. */
function priceIn({ cost, currency, segmentsCharged }: DeliveryReport): Price | null {
  return cost === null || currency === null ? null : { cost, currency, segments: segmentsCharged };
}

function changesAnything({ messageId, outcome, price }: Change): boolean {
  return messageId !== null || outcome !== null || price !== null;
}
