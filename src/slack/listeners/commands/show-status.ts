import type { BatchSummary } from '../../../batches/batch';
import { getBatchInsights } from '../../../batches/views/get-batch-insights';
import { getBatchSummary, listBatches } from '../../../batches/views/get-batch-summary';
import type { Message } from '../../blocks/block-kit';
import { inline } from '../../blocks/escape';
import { plainAnswer } from '../../blocks/messages/replies';
import { batchMessage } from '../../blocks/messages/status-message';
import { refusal, type Visit } from '../request';

/** Among so many recent batches of the workspace the person's own latest is looked for. */
const LOOKED_AT = 50;

/** How one batch stands: the one asked for, else the person's latest, else the workspace's. */
export async function showStatus(visit: Visit, id: string | undefined): Promise<Message> {
  const refused = refusal(visit, 'view');
  if (refused) return refused;
  const { words, post } = visit;
  const { command } = post.settings;
  const summary = id === undefined ? await findLatest(visit) : await findById(visit, id);
  if (summary) {
    const insights = await getBatchInsights(post.heart, summary);
    return batchMessage(visit.reader, { summary, insights, withChart: false });
  }
  return plainAnswer(
    id === undefined
      ? words.answers.noBatches(command)
      : words.answers.batchNotFound(inline(id, 30), command),
  );
}

async function findLatest({ post, tenantId, person }: Visit): Promise<BatchSummary | undefined> {
  const recent = await listBatches(post.heart, { tenantId, limit: LOOKED_AT });
  return recent.find((batch) => batch.sender.userId === person.id) ?? recent[0];
}

/** A draft is its writer's own business until it is started. */
async function findById({ post, tenantId }: Visit, id: string): Promise<BatchSummary | undefined> {
  const summary = await getBatchSummary(post.heart, { tenantId, batchId: id.replace(/^#/, '') });
  return summary?.startedAt ? summary : undefined;
}
