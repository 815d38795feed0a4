import type { Heart } from '../app-context';
import type { BatchSummary } from '../batch';
import { countReasons } from '../store/recipients';
import { findSummary, listSummaries, type SummaryRow, toSummary } from './batch-summaries.sql';

const TOP_REASONS = 5;

/** A batch as people see it, from our own tables. Null where the workspace has no such batch. */
export async function getBatchSummary(
  heart: Heart,
  key: { tenantId: string; batchId: string },
): Promise<BatchSummary | null> {
  const row = await findSummary(heart.db, key);
  return row ? toSummary(row, await topReasons(heart, row)) : null;
}

/** The workspace's batches, newest first; what was never started is left out. */
export async function listBatches(
  heart: Heart,
  of: { tenantId: string; limit: number },
): Promise<BatchSummary[]> {
  const rows = await listSummaries(heart.db, of);
  return rows.map((row) => toSummary(row, []));
}

async function topReasons(heart: Heart, row: SummaryRow): Promise<BatchSummary['topReasons']> {
  if (row.failed_count === 0) return [];
  return countReasons(heart.db, { channel: row.channel, batchId: row.id }, TOP_REASONS);
}
