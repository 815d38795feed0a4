import type { Knex } from 'knex';
import { type BatchKey, detailTable } from './detail-table';

export interface UnsentRecipient {
  order_id: string;
  recipient_number: string;
}

/** The recipients of a chunk that were not sent the text yet, in the order of the list. */
export async function listUnsent(db: Knex, key: BatchKey, chunk: number): Promise<UnsentRecipient[]> {
  return db(detailTable(key.provider))
    .where({ batch_id: key.batchId, status: 'pending', chunk })
    .orderBy('position')
    .select('order_id', 'recipient_number');
}

interface OpenRecipient {
  provider_message_id: string;
  status: 'sending' | 'unknown';
}

/** The recipients of a batch that have a message id and no final status. */
export async function listOpen(db: Knex, key: BatchKey): Promise<OpenRecipient[]> {
  return db(detailTable(key.provider))
    .where({ batch_id: key.batchId })
    .whereIn('status', ['sending', 'unknown'])
    .whereNotNull('provider_message_id')
    .select('provider_message_id', 'status');
}

/** Failure reasons with counts, most frequent first. */
export async function countReasons(
  db: Knex,
  key: BatchKey,
  limit: number,
): Promise<{ reason: string; count: number }[]> {
  const rows = await db(detailTable(key.provider))
    .where({ batch_id: key.batchId, status: 'failed' })
    .groupBy('failure_reason')
    .orderByRaw('count(*) desc, failure_reason')
    .limit(limit)
    .select('failure_reason', db.raw('count(*)::int as count'));
  return rows.map((row) => ({ reason: row.failure_reason ?? '', count: row.count }));
}
