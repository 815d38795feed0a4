import type { BatchSummary } from '../../../batches/batch';
import { getBatchInsights } from '../../../batches/views/get-batch-insights';
import { getBatchSummary, listBatches } from '../../../batches/views/get-batch-summary';
import type { SlackMessage } from '../../blocks/block-kit';
import { inline } from '../../blocks/escape';
import { plainReply } from '../../blocks/messages/replies';
import { statusMessage } from '../../blocks/messages/status-message';
import { type RequestContext, refusal } from '../request-context';

/** The person's own latest batch is searched for among this many recent batches of the workspace. */
const SEARCHED = 50;

/** `/sms status [id]`: shows one batch. Without an id: the person's latest, else the workspace's latest. */
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
  const recent = await listBatches(slack.app, { tenantId, limit: SEARCHED });
  return recent.find((batch) => batch.sender.userId === person.id) ?? recent[0];
}

/** Drafts are not shown: they are private until they are started. */
async function findById({ slack, tenantId }: RequestContext, id: string): Promise<BatchSummary | undefined> {
  const summary = await getBatchSummary(slack.app, { tenantId, batchId: id.replace(/^#/, '') });
  return summary?.startedAt ? summary : undefined;
}
