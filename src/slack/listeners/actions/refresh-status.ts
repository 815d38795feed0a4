import { setTimeout as delay } from 'node:timers/promises';
import type { LiveStatus, SeenView } from '../../../batches/batch';
import { getBatchMessageStatus } from '../../../batches/views/get-batch-message-status';
import { getBatchSummary } from '../../../batches/views/get-batch-summary';
import { getBatchView } from '../../../batches/views/get-batch-view';
import { takeSlot } from '../../../db/rate-limit';
import { system } from '../../../tenants/actor';
import { getTenant } from '../../../tenants/tenant';
import { channelReader } from '../../../words/words-for';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { statusMessage } from '../../blocks/messages/status-message';
import { statusReply } from '../../blocks/messages/status-reply';
import { explainProviderError } from '../../blocks/parts/explain-reason';
import { messageUrl } from '../../blocks/parts/message-url';
import { editMessage } from '../../client/edit-message';
import { reserveWorkspaceEdit } from '../../client/edit-rate-limit';
import { slackFaultOf } from '../../client/slack-fault';
import { hashOf, updateStatusMessage } from '../../posts/update-status-message';
import { getShownBatch, toShownBatches } from '../../store/shown-batches';
import { findSlackBatch, recordStatusMessageShown, type SlackBatch } from '../../store/slack-batches.sql';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** Least time between two refreshes of one batch, so that impatient clicks do not load the provider. */
const REFRESH_EVERY_MS = 3_000;
/** If the workspace's next edit is further away than this, only the person gets the answer. */
const PATIENCE_MS = 5_000;

/** Asks the provider now and shows its answer in the message that was clicked. Stores no outcome. */
export async function refreshStatus(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, tenantId, actor, words } = request;
  const batchId = click.value;
  // Whoever may not see it, takes nobody's turn; nor does, by workspace, a forged id of another workspace's batch.
  if (!(await getBatchSummary(slack.app, actor, batchId))) return plainReply(words.review.gone);
  const slot = await takeSlot(slack.app.db, `slack-ask:${tenantId}:${batchId}`, REFRESH_EVERY_MS);
  if (!slot.taken) return plainReply(words.replies.refreshedTooOften(words.format.duration(slot.waitMs)));
  const before = await findSlackBatch(slack.app.db, batchId);
  const live = await fetchLiveStatus(request, batchId);
  if ('text' in live) return live;

  const [summary] = await toShownBatches(slack.app, actor, [live.summary]);
  if (!summary) return plainReply(words.review.gone);
  const status = { summary, insights: live.insights, live };

  const isDuplicate = before !== null && isDuplicateOf(before, click);
  const isDeleted = isDuplicate && (await deleteDuplicate(request, click));
  if (before?.messageTs && (isDuplicate || click.message?.ts === before.messageTs)) {
    const posted = { ...before, messageTs: before.messageTs };
    const edited = await editStatusMessage(request, posted, live);
    if (!edited) return statusReply(request.reader, status);
    if (!isDuplicate) return null;
    const sayWhere = isDeleted ? words.replies.duplicateRemoved : words.replies.duplicateLeft;
    return plainReply(sayWhere(await urlOf(request, posted)));
  }
  await click.replace(statusReply(request.reader, status));
  return null;
}

/** The provider's answer, or a reply that says why there is none. */
async function fetchLiveStatus(
  { slack, actor, words }: RequestContext,
  batchId: string,
): Promise<(SeenView & LiveStatus) | SlackMessage> {
  const answer = await getBatchMessageStatus(slack.app, actor, batchId);
  if (!answer) return plainReply(words.review.gone);
  if (answer.kind === 'answered') return answer.result;
  return plainReply(words.errors.refreshFailed(explainProviderError(words, answer.why)));
}

interface PostedStatus {
  channelId: string;
  messageTs: string;
}

/**
 * Whether the click was on a second status message of the batch. There is one if the bot was killed while it
 * posted and may not read the channel (post-once.ts).
 */
function isDuplicateOf(posted: SlackBatch, { message }: Click): boolean {
  if (!posted.messageTs || !message || message.isEphemeral) return false;
  return message.channelId === posted.channelId && message.ts !== posted.messageTs;
}

/** We did not know the duplicate's `ts` before: the click contains it. Returns false where Slack did not delete it. */
async function deleteDuplicate({ slack }: RequestContext, { message }: Click): Promise<boolean> {
  if (!message) return false;
  try {
    await slack.client.chat.delete({ channel: message.channelId, ts: message.ts });
    return true;
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    slack.log.warn({ err: error }, 'a duplicate status message could not be deleted');
    return false;
  }
}

async function urlOf({ slack }: RequestContext, { channelId, messageTs }: PostedStatus): Promise<string> {
  const { workspaceUrl } = slack.workspace;
  return messageUrl(workspaceUrl, channelId, messageTs);
}

/**
 * The message is for its channel, so it shows the whole batch, whoever clicked. Returns false if it cannot be edited now. Records it as showing the version that was stored before the
 * provider was asked; if that has changed since, updates the message once more.
 */
async function editStatusMessage(
  { slack, tenantId }: RequestContext,
  { channelId, messageTs }: PostedStatus,
  live: SeenView & LiveStatus,
): Promise<boolean> {
  const { id: batchId, version } = live.summary;
  const bot = system(tenantId);
  const view = await getBatchView(slack.app, bot, batchId);
  const [summary] = view ? await toShownBatches(slack.app, bot, [view.summary]) : [];
  if (!view || !summary) return false;
  const slot = await reserveWorkspaceEdit(slack, tenantId, PATIENCE_MS);
  if (!slot.taken) return false;
  await delay(slot.waitMs);
  const tenant = await getTenant(slack.app.db, tenantId);
  const withChart = tenant?.chartsSupported ?? false;
  const message = statusMessage(channelReader(tenant), { summary, insights: view.insights, live, withChart });
  try {
    await editMessage(slack, { channelId, ts: messageTs }, message);
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    return false;
  }
  const shown = { batchId, channelId, messageTs, version };
  await recordStatusMessageShown(slack.app.db, { ...shown, renderHash: hashOf(message) });
  const after = await getShownBatch(slack.app, bot, batchId);
  if (after && after.version !== version) await updateStatusMessage(slack, batchId);
  return true;
}
