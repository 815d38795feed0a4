import { randomBytes } from 'node:crypto';

/**
 * An order id is our name for one send attempt at one recipient, and the provider repeats it in delivery reports:
 * `<prefix of the batch>-<position in the list>`, and `.2`, `.3`, … behind it for later send attempts. That is 20
 * characters (14, a hyphen, 5) and the `.2`: far from the 50 that the port allows.
 */

/** Enough for 60 million positions; fixed, so that order ids sort in the order of the list. */
const POSITION_DIGITS = 5;

/**
 * The first part of every order id of a batch. It grows with time, so that an import appends to the unique index
 * instead of scattering over it (twice as fast). It ends randomly, so that two installations on one provider account
 * never share one. 14 characters.
 */
export function newOrderPrefix(): string {
  return (
    Date.now().toString(36).padStart(9, '0') +
    randomBytes(4).readUInt32BE().toString(36).slice(-5).padStart(5, '0')
  );
}

/** The order id of the first send attempt at a position of the list, counted from 1. */
export function firstOrderId(orderPrefix: string, position: number): string {
  return `${orderPrefix}-${position.toString(36).padStart(POSITION_DIGITS, '0')}`;
}

/** SQL for the order id of the next send attempt; `row` has `order_id` and `attempt` of the last one. */
export const nextOrderId = (row: string): string =>
  `split_part(${row}.order_id, '.', 1) || '.' || (${row}.attempt + 1)`;

/**
 * The lowest and highest order id of a batch, or of the first `positions` of its list. They sort in the order of the list;
 * the order id of a later send attempt sorts next to that of the first.
 */
export function orderIdRange(orderPrefix: string, positions?: number): [string, string] {
  const last =
    positions === undefined ? `${orderPrefix}-zzzzzz` : `${firstOrderId(orderPrefix, positions)}.zz`;
  return [`${orderPrefix}-`, last];
}
