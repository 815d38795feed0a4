import type { Knex } from 'knex';
import { dataFaultOf } from '../../db/data-faults';

/** Each costs about twenty savepoints: a flood of them is spread over several transactions. */
const MAX_REFUSED = 20;

export interface Refusal<Item> {
  item: Item;
  /** See `dataFaultOf`. */
  fault: string;
}

/**
 * Applies items together. Where the database refuses them for their data, they are applied by halves, down to the one that is
 * at fault: all others are applied. After twenty refusals the rest is `left` for the next transaction. `apply` may be called
 * again with an item whose call before was taken back. Throws any other error, and then nothing is applied.
 */
export async function applyByHalves<Item>(
  trx: Knex.Transaction,
  items: Item[],
  apply: (trx: Knex.Transaction, items: Item[]) => Promise<void>,
): Promise<{ refused: Refusal<Item>[]; left: Item[] }> {
  const refused: Refusal<Item>[] = [];
  const left: Item[] = [];

  async function applyPart(part: Item[]): Promise<void> {
    if (refused.length >= MAX_REFUSED) {
      left.push(...part);
      return;
    }
    const fault = await tryToApply(part);
    if (fault === null) return;
    if (part.length === 1) refused.push({ item: part[0] as Item, fault });
    else for (const half of halvesOf(part)) await applyPart(half);
  }

  async function tryToApply(part: Item[]): Promise<string | null> {
    try {
      // In a transaction this is a savepoint.
      await trx.transaction((savepoint) => apply(savepoint, part));
      return null;
    } catch (error) {
      const fault = dataFaultOf(error);
      if (fault === null) throw error;
      return fault;
    }
  }

  if (items.length > 0) await applyPart(items);
  return { refused, left };
}

function halvesOf<Item>(items: Item[]): [Item[], Item[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
