import type { Quirks } from '../buka-options';
import type { Strike } from '../strike';
import { type Reply, success } from './statuses';

export interface AcceptedItem {
  msgId: string;
  number: string;
  orderId: string;
}

/** The provider's reply about the accepted messages. It is correct unless a fault changes it. */
export function replyToSend(
  items: AcceptedItem[],
  refusedCount: number,
  strike: Strike,
  quirks: Quirks,
): Reply {
  const named = strike.names.length === 0 ? items : applyFaults(items, strike);
  return success({
    success: String(items.length),
    fail: String(refusedCount),
    array: quirks.lowerCaseMsgid ? named.map(({ msgId, ...rest }) => ({ msgid: msgId, ...rest })) : named,
  });
}

function applyFaults(items: AcceptedItem[], strike: Strike): AcceptedItem[] {
  let changed = items;
  if (strike.has('halfMissing')) changed = changed.slice(0, Math.ceil(changed.length / 2));
  if (strike.has('swappedOrderIds')) {
    changed = changed.map((item, index) => ({
      ...item,
      orderId: items[(index + 1) % items.length]?.orderId ?? '',
    }));
  }
  if (strike.has('reordered')) changed = [...changed].reverse();
  if (strike.has('foreignNumbers')) changed = [...changed, ...FOREIGN_ITEMS];
  return changed;
}

/** Numbers of the range that is reserved for fiction, with ids that this provider never gives. */
const FOREIGN_ITEMS: AcceptedItem[] = [
  { msgId: '9000000000000000001', number: '447700900998', orderId: 'not-an-order-of-yours-1' },
  { msgId: '9000000000000000002', number: '447700900999', orderId: 'not-an-order-of-yours-2' },
];
