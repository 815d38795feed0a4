import type { BatchSummary } from './batch';
import type { Heart } from './heart';
import { type SummaryRow, summaries, toSummary } from './store/batch-summaries';
import { countReasons } from './store/list-recipients';

const TOP_REASONS = 5;

/** A batch as people see it, from our own tables. Null where the workspace has no such batch. */
export async function getBatchSummary(
  heart: Heart,
  key: { tenantId: string; batchId: string },
): Promise<BatchSummary | null> {
  if (!/^\d{1,18}$/.test(key.batchId)) return null;
  const row: SummaryRow | undefined = await summaries(heart.db, key.tenantId)
    .where('batch.id', key.batchId)
    .first();
  return row ? toSummary(row, await topReasons(heart, row)) : null;
}

/** The workspace's batches, newest first; what was never started is left out. */
export async function listBatches(
  heart: Heart,
  of: { tenantId: string; limit: number },
): Promise<BatchSummary[]> {
  const rows: SummaryRow[] = await summaries(heart.db, of.tenantId)
    .whereNotNull('batch.started_at')
    .orderBy('batch.created_at', 'desc')
    .limit(of.limit);
  return rows.map((row) => toSummary(row, []));
}

async function topReasons(heart: Heart, row: SummaryRow): Promise<BatchSummary['topReasons']> {
  if (row.failed_count === 0) return [];
  return countReasons(heart.db, { channel: row.channel, batchId: row.id }, TOP_REASONS);
}
