import { cleanReason } from '../../providers/clean-reason';
import type { DeliveryReport } from '../../providers/provider-webhooks';
import { withoutNul } from './without-nul';

const MAX_ID_CHARACTERS = 64;
const MAX_SEGMENTS = 1_000;
/** Fits the column: 14 digits, 6 of them decimals. */
const COST = /^\d{1,7}(\.\d{1,12})?$/;
const CURRENCY = /^[A-Z]{3}$/;
/** For one text: the dearest of ten segments costs a few euros. A sum with a false million in it helps nobody. */
const MAX_COST = 100;
/** The same where a unit is worth a few cents, or less. */
const MAX_COST_OF_SMALL_UNITS = 100_000;
const SMALL_UNITS = new Set(
  [
    'AMD AOA ARS BDT BIF CDF CLP COP CRC DJF DZD GNF HUF IDR INR IQD IRR ISK JPY KES KHR KMF KRW KZT LAK LBP LKR',
    'MGA MMK MNT MWK NGN NPR PHP PKR PYG RSD RUB RWF SDG SLE SLL SOS SYP THB TWD TZS UGX UZS VND XAF XOF XPF YER ZMW',
  ].flatMap((line) => line.split(' ')),
);

/**
 * A delivery report that our tables can hold: one that cannot be stored would block its whole set for ever. A
 * message id that is too long and a malformed price become null; a reason is
 * cleaned, since people read it.
 */
export function sanitiseDeliveryReport(parsed: DeliveryReport): DeliveryReport {
  const report = withoutNul(parsed);
  const { messageId, cost, currency, segmentsCharged, reason } = report;
  const hasPrice = cost !== null && COST.test(cost) && currency !== null && isPlausible(cost, currency);
  return {
    ...report,
    messageId: messageId !== null && messageId.length > MAX_ID_CHARACTERS ? null : messageId,
    reason: cleanReason(reason),
    cost: hasPrice ? cost : null,
    currency: hasPrice ? currency : null,
    segmentsCharged: segmentsCharged !== null && segmentsCharged <= MAX_SEGMENTS ? segmentsCharged : null,
  };
}

/** Whether a report names a cost that no text has: it is in no sum. */
export function hasImplausibleCost({ cost, currency }: DeliveryReport): boolean {
  return cost !== null && currency !== null && CURRENCY.test(currency) && !isPlausible(cost, currency);
}

function isPlausible(cost: string, currency: string): boolean {
  const most = SMALL_UNITS.has(currency) ? MAX_COST_OF_SMALL_UNITS : MAX_COST;
  return CURRENCY.test(currency) && Number(cost) >= 0 && Number(cost) <= most;
}
