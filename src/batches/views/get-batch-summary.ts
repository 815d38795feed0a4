import type { AppContext } from '../app-context';
import type { BatchSummary } from '../batch';
import { countReasons } from '../store/recipients';
import { findSummary, listSummaries, type SummaryRow, toSummary } from './batch-summaries.sql';

const TOP_REASONS = 5;

/** A batch as people see it, from our own tables. Null where the workspace has no such batch. */
export async function getBatchSummary(
  app: AppContext,
  key: { tenantId: string; batchId: string },
): Promise<BatchSummary | null> {
  const row = await findSummary(app.db, key);
  return row ? toSummary(row, await topReasons(app, row)) : null;
}

/** The workspace's batches, newest first; what was never started is left out. */
export async function listBatches(
  app: AppContext,
  of: { tenantId: string; limit: number },
): Promise<BatchSummary[]> {
  const rows = await listSummaries(app.db, of);
  return rows.map((row) => toSummary(row, []));
}

async function topReasons(app: AppContext, row: SummaryRow): Promise<BatchSummary['topReasons']> {
  if (row.failed_count === 0) return [];
  return countReasons(app.db, { provider: row.channel, batchId: row.id }, TOP_REASONS);
}
