import { cleanReason } from '../../providers/clean-reason';
import type { DeliveryReport } from '../../providers/provider-webhooks';
import { withoutNul } from './without-nul';

const MAX_ID_CHARACTERS = 64;
const MAX_SEGMENTS = 1_000;
/** Fits the column: 14 digits, 6 of them decimals. */
const COST = /^\d{1,7}(\.\d{1,12})?$/;
const CURRENCY = /^[A-Z]{3}$/;

/**
 * A delivery report that our tables can hold: one that cannot be stored would block its whole set for ever. A
 * message id that is too long and a malformed price become null; a reason is
 * cleaned, since people read it.
 */
export function sanitiseDeliveryReport(parsed: DeliveryReport): DeliveryReport {
  const report = withoutNul(parsed);
  const { messageId, cost, currency, segmentsCharged, reason } = report;
  const hasPrice = cost !== null && COST.test(cost) && currency !== null && CURRENCY.test(currency);
  return {
    ...report,
    messageId: messageId !== null && messageId.length > MAX_ID_CHARACTERS ? null : messageId,
    reason: cleanReason(reason),
    cost: hasPrice ? cost : null,
    currency: hasPrice ? currency : null,
    segmentsCharged: segmentsCharged !== null && segmentsCharged <= MAX_SEGMENTS ? segmentsCharged : null,
  };
}
