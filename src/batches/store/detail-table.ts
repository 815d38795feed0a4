/**
 * Each provider has its own table of recipients, all with the same columns: what one provider needs changed touches no
 * other. Rows are written there. They are read through the view `sms_batch_recipient`, which has the rows of all tables
 * and their provider in `channel`.
 */
export function detailTable(provider: string): string {
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(provider)) throw new Error(`"${provider}" cannot be a provider's name.`);
  return FORMER_NAME[provider] ?? `sms_batch_${provider}_detail`;
}

const FORMER_NAME: Record<string, string> = { onbuka: 'sms_batch_buka_detail' };

/** Names the recipients of a batch that are in one provider's table. */
export interface BatchKey {
  provider: string;
  batchId: string;
}

/** Names one chunk of a batch. */
export interface ChunkKey extends BatchKey {
  chunk: number;
}

/** Names the recipients of a batch that one account sends to. */
export interface TrackedKey extends BatchKey {
  accountId: string;
}

/** Names a batch whose recipients are read in the order of the list. */
export interface OrderedBatchKey {
  batchId: string;
  orderPrefix: string;
}

/** What a text was sent with, as its submission has it. Null where a version that did not store it has sent it. */
export interface SentWith {
  account_id: string;
  sub_account: string | null;
  address: string | null;
}
