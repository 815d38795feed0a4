import type { AppContext } from '../app-context';
import type { Review } from '../batch';
import { findBatch } from '../store/batches';
import { countRejected, listRejectGroups } from '../store/rejected-rows';
import { listSources } from '../store/sources';
import { toReason } from './batch-summaries.sql';

/** Shown for each reason. */
const EXAMPLES = 3;

/**
 * What will happen when the person presses Send; during the import, its progress. Null where the workspace has no
 * such batch.
 */
export async function getReview(
  app: AppContext,
  key: { tenantId: string; batchId: string },
): Promise<Review | null> {
  const batch = await findBatch(app.db, key.batchId, key.tenantId);
  if (!batch) return null;
  const [rejected, rejectGroups, sources] = await Promise.all([
    countRejected(app.db, batch.id),
    listRejectGroups(app.db, batch.id, EXAMPLES),
    listSources(app.db, batch.id),
  ]);
  return {
    batchId: batch.id,
    status: batch.status,
    reason: toReason(batch),
    version: batch.version,
    content: batch.content,
    senderId: batch.sender_id,
    slackChannelId: batch.slack_channel_id,
    accepted: batch.total_count,
    rejected,
    rejectGroups,
    countries: batch.countries,
    progress: {
      readBytes: Number(batch.read_bytes),
      totalBytes: sources.reduce((sum, source) => sum + Number(source.size_bytes), 0),
      rows: batch.read_rows,
    },
    columnQuestions: batch.column_questions,
  };
}
