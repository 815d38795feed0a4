import type { BatchDetails } from './batch';
import { getBatchSummary } from './get-batch-summary';
import type { Heart } from './heart';
import { countReasons, listPage } from './store/list-recipients';

const MOST_REASONS = 50;

/** Failure reasons with counts, and the recipients a page at a time in the order of the list; page 1 is the first. */
export async function getBatchDetails(
  heart: Heart,
  key: { tenantId: string; batchId: string; page: number; pageSize: number },
): Promise<BatchDetails | null> {
  const summary = await getBatchSummary(heart, key);
  if (!summary) return null;
  const of = { channel: summary.channel, batchId: summary.id };
  const pages = Math.max(1, Math.ceil(summary.counts.total / key.pageSize));
  const page = Math.min(Math.max(1, key.page), pages);
  const [reasons, recipients] = await Promise.all([
    countReasons(heart.db, of, MOST_REASONS),
    listPage(heart.db, of, { first: (page - 1) * key.pageSize + 1, size: key.pageSize }),
  ]);
  return { summary, reasons, recipients, page, pages };
}
