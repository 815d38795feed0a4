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
  return row ? toSummary(row, await listTopReasons(app, row)) : null;
}

/** The workspace's started batches, newest first. */
export async function listBatches(
  app: AppContext,
  key: { tenantId: string; limit: number },
): Promise<BatchSummary[]> {
  const rows = await listSummaries(app.db, key);
  return rows.map((row) => toSummary(row, []));
}

async function listTopReasons(app: AppContext, row: SummaryRow): Promise<BatchSummary['topReasons']> {
  if (row.failed_count === 0) return [];
  return countReasons(app.db, { provider: row.channel, batchId: row.id }, TOP_REASONS);
}
