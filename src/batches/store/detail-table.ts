/** Each provider has its own table of recipients, all with the same columns. A new provider is a migration and a line here. */
const DETAIL_TABLE: Record<string, string> = { onbuka: 'sms_batch_buka_detail' };

/** The table of a provider's recipients. Throws where there is none: then the installation is wrong. */
export function detailTable(provider: string): string {
  const table = DETAIL_TABLE[provider];
  if (!table) throw new Error(`The provider "${provider}" has no table of recipients.`);
  return table;
}

/** Names a batch and the table of its recipients. */
export interface BatchKey {
  provider: string;
  batchId: string;
}

/** Names one chunk of a batch. */
export interface ChunkKey extends BatchKey {
  chunk: number;
}

/** Names a batch whose recipients are read in the order of the list. */
export interface OrderedBatchKey extends BatchKey {
  orderPrefix: string;
}
