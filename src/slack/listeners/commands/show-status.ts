import type { BatchSummary } from '../../../batches/batch';
import { getBatchInsights } from '../../../batches/views/get-batch-insights';
import { getBatchSummary, listBatches } from '../../../batches/views/get-batch-summary';
import type { SlackMessage } from '../../blocks/block-kit';
import { inline } from '../../blocks/escape';
import { plainReply } from '../../blocks/messages/replies';
import { statusMessage } from '../../blocks/messages/status-message';
import { type RequestContext, refusal } from '../request';

/** Among so many recent batches of the workspace the person's own latest is looked for. */
const LOOKED_AT = 50;

/** How one batch stands: the one asked for, else the person's latest, else the workspace's. */
export async function showStatus(request: RequestContext, id: string | undefined): Promise<SlackMessage> {
  const refused = refusal(request, 'view');
  if (refused) return refused;
  const { words, slack } = request;
  const { command } = slack.settings;
  const summary = id === undefined ? await findLatest(request) : await findById(request, id);
  if (summary) {
    const insights = await getBatchInsights(slack.app, summary);
    return statusMessage(request.reader, { summary, insights, withChart: false });
  }
  return plainReply(
    id === undefined
      ? words.replies.noBatches(command)
      : words.replies.batchNotFound(inline(id, 30), command),
  );
}

async function findLatest({ slack, tenantId, person }: RequestContext): Promise<BatchSummary | undefined> {
  const recent = await listBatches(slack.app, { tenantId, limit: LOOKED_AT });
  return recent.find((batch) => batch.sender.userId === person.id) ?? recent[0];
}

/** A draft is its writer's own business until it is started. */
async function findById({ slack, tenantId }: RequestContext, id: string): Promise<BatchSummary | undefined> {
  const summary = await getBatchSummary(slack.app, { tenantId, batchId: id.replace(/^#/, '') });
  return summary?.startedAt ? summary : undefined;
}
