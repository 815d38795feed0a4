import { z } from 'zod';
import type { DeliveryReport } from '../../provider-webhooks';
import { count, decimal, phoneNumber, time, word } from '../http/reply-schemas';
import { readWebhook } from './webhook-bodies';

const DELIVERED = '0';
/** "Still sending" in answers to queries. In a delivery report it is undocumented, and it is not final. */
const SENDING = '-1';

const deliveryReport = z.object({
  appid: word,
  msgid: word,
  orderid: word,
  mobile: phoneNumber,
  number: phoneNumber,
  status: word.pipe(z.string().regex(/^-?\d+$/)),
  reason: word,
  timestamp: time,
  pricedetail: z.object({ pay: decimal, currency: word, chargecnt: count }).nullish().catch(null),
});

/** Reads one delivery report or a list; see `ProviderWebhooks`. */
export function parseDeliveryReports(body: unknown): { reports: DeliveryReport[]; unreadable: number } {
  const { items, unreadable } = readWebhook(body, readReport);
  return { reports: items, unreadable };
}

/** Null for a report without a message id and an order id, or without a final status. */
function readReport(value: unknown): DeliveryReport | null {
  const report = deliveryReport.safeParse(value);
  if (!report.success) return null;
  const { appid, msgid, orderid, mobile, number, status, reason, timestamp, pricedetail } = report.data;
  if ((msgid === null && orderid === null) || status === SENDING) return null;
  return {
    subAccount: appid,
    messageId: msgid,
    orderId: orderid,
    recipientNumber: mobile ?? number,
    status: status === DELIVERED ? 'delivered' : 'failed',
    reason: status === DELIVERED ? null : reason,
    reportedAt: timestamp,
    segmentsCharged: pricedetail?.chargecnt ?? null,
    cost: pricedetail?.pay ?? null,
    currency: pricedetail?.currency ?? null,
  };
}
