import { countryOf, priceDetailOf } from '../accounts/prices';
import type { Message } from '../messages/store';

export interface ReportWording {
  currency: string;
  /** The key `"orderId "` of one sample in the documentation. */
  orderIdWithBlank: boolean;
}

/** A delivery report in the documented shape; `status` is a number here, 0 delivered. */
export function pushedReport(message: Message, wording: ReportWording) {
  const hasFailed = message.state === 'failed';
  return {
    appId: message.appId,
    msgid: message.msgId,
    [wording.orderIdWithBlank ? 'orderId ' : 'orderId']: message.orderId,
    mobile: message.number,
    status: hasFailed ? 1 : 0,
    reason: hasFailed ? message.reason : '0',
    timestamp: message.finalAtMs,
    mcc: countryOf(message.number).mcc,
    mnc: '-1',
    pricedetail: priceDetailOf(message.number, message.content, wording.currency),
  };
}
