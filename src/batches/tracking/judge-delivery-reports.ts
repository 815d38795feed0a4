import type { DeliveryReport } from '../../providers/sms-provider';
import type { RecipientStatus } from '../states';
import type { Price } from '../store/costs';

/**
 * Decides whether a delivery report is believed, and what it changes. Pure. The provider does not sign
 * reports: one is believed only where everything in it agrees with our own tables.
 */

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
  /** The app ids of the workspace and of the person. */
  appIds: (string | null)[];
}

/** What the reports of a set change in one recipient or send attempt. */
export interface Change {
  named: Named;
  messageId: string | null;
  outcome: { status: 'delivered' | 'failed'; reason: string | null; at: string | null } | null;
  price: Price | null;
}

export interface Judgement {
  verdicts: Map<DeliveryReport, 'applied' | 'unmatched' | 'disagrees'>;
  changes: Change[];
}

const OPEN: readonly RecipientStatus[] = ['pending', 'sending', 'unknown'];

/**
 * Judges reports in the order in which they came. The first outcome of a text stays, so duplicates and
 * disorder change nothing. `takenIds`: message ids that belong to a known text.
 */
export function judgeDeliveryReports(
  reports: DeliveryReport[],
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
    if (!change) verdicts.set(report, 'unmatched');
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

function agrees({ named, messageId }: Change, report: DeliveryReport, taken: Set<string>): boolean {
  if (report.appId === null || !named.appIds.includes(report.appId)) return false;
  if (report.recipientNumber !== named.recipientNumber) return false;
  if (report.messageId === null) return true;
  const known = named.messageId ?? messageId;
  return known === null ? !taken.has(report.messageId) : report.messageId === known;
}

/**
 * A `pending` recipient is as open as an accepted one: only a request can have told the provider the order
 * id, so the report proves that the request arrived, whatever its response says or will say.
 */
function addTo(change: Change, report: DeliveryReport): Change {
  const { named } = change;
  const isOpen = OPEN.includes(named.status) && change.outcome === null;
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
