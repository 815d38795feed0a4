/**
 * All SQL on a channel's recipients. One table a channel, with the same columns: a second channel is a
 * migration and a line here.
 */
const DETAIL_TABLE: Record<string, string> = { onbuka: 'sms_batch_buka_detail' };

/** The table of a channel's recipients. Throws where the channel has none: a fault of the installation. */
export function detailTable(provider: string): string {
  const table = DETAIL_TABLE[provider];
  if (!table) throw new Error(`Channel "${provider}" has no table of recipients.`);
  return table;
}

/** A batch's key to its recipients. */
export interface BatchKey {
  provider: string;
  batchId: string;
}

/** One chunk of them. */
export interface ChunkKey extends BatchKey {
  chunk: number;
}

export interface OrderedBatchKey extends BatchKey {
  orderPrefix: string;
}

/**
 * Between these are all order ids of a batch, as `fill.ts` makes them; they sort as its list does, later attempts in
 * the place of their first one.
 */
export function orderIdRange({ orderPrefix }: OrderedBatchKey): [string, string] {
  return [`${orderPrefix}-`, `${orderPrefix}-zzzzzz`];
}
