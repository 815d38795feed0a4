import type { Quirks } from '../buka-options';
import type { Strike } from '../strike';
import { type Reply, success } from './statuses';

export interface AcceptedItem {
  msgId: string;
  number: string;
  orderId: string;
}

/** The provider's reply about the accepted messages. It is true unless a fault changes it. */
export function replyToSend(
  items: AcceptedItem[],
  refusedCount: number,
  strike: Strike,
  quirks: Quirks,
): Reply {
  const named = strike.names.length === 0 ? items : bend(items, strike);
  return success({
    success: String(items.length),
    fail: String(refusedCount),
    array: quirks.lowerCaseMsgid ? named.map(({ msgId, ...rest }) => ({ msgid: msgId, ...rest })) : named,
  });
}

function bend(items: AcceptedItem[], strike: Strike): AcceptedItem[] {
  let bent = items;
  if (strike.has('halfMissing')) bent = bent.slice(0, Math.ceil(bent.length / 2));
  if (strike.has('swappedOrderIds')) {
    bent = bent.map((item, place) => ({
      ...item,
      orderId: items[(place + 1) % items.length]?.orderId ?? '',
    }));
  }
  if (strike.has('reordered')) bent = [...bent].reverse();
  if (strike.has('foreignNumbers')) bent = [...bent, ...FOREIGN_ITEMS];
  return bent;
}

/** Numbers of the range that is reserved for fiction, with ids that this provider never gives. */
const FOREIGN_ITEMS: AcceptedItem[] = [
  { msgId: '9000000000000000001', number: '447700900998', orderId: 'not-an-order-of-yours-1' },
  { msgId: '9000000000000000002', number: '447700900999', orderId: 'not-an-order-of-yours-2' },
];
