import type { BatchCounts, BatchSummary, BatchView, SeenBatch, SeenView, Sight } from '../batch';

/** A batch as somebody sees it who may know something of it; null for those who may know nothing. */
export function toSeen(summary: BatchSummary, sight: Sight): SeenBatch | null {
  if (sight === 'nothing') return null;
  return sight === 'all' ? { ...summary, sight } : { ...countsOf(summary), sight };
}

/** The same of what a message or page shows. */
export function toSeenView({ summary, insights }: BatchView, sight: Sight): SeenView | null {
  const seen = toSeen(summary, sight);
  if (!seen) return null;
  return seen.sight === 'all' ? { summary: seen, insights } : { summary: seen, insights: null };
}

/** By name, so that what a summary gets one day is not told to those who may know the counts alone. */
function countsOf(summary: BatchSummary): BatchCounts {
  const { id, status, version, createdAt, startedAt, checkedAt, counts } = summary;
  return { id, status, version, createdAt, startedAt, checkedAt, counts };
}
