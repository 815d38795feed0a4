import { setTimeout as delay } from 'node:timers/promises';
import type { LiveStatus } from '../../../batches/batch';
import { type BatchPosts, getBatchPosts } from '../../../batches/outbox/get-batch-posts';
import { recordStatusMessageShown } from '../../../batches/outbox/record-shown';
import { type BatchInsights, getBatchInsights } from '../../../batches/views/get-batch-insights';
import { getBatchMessageStatus } from '../../../batches/views/get-batch-message-status';
import { takeSlot } from '../../../db/rate-limit';
import { ProviderError } from '../../../providers/sms-provider';
import { getTenant } from '../../../tenants/tenant';
import { channelReader } from '../../../words/words-for';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { statusMessage } from '../../blocks/messages/status-message';
import { explainProviderError } from '../../blocks/parts/explain-reason';
import { messageUrl } from '../../blocks/parts/message-url';
import { editMessage } from '../../client/edit-message';
import { reserveWorkspaceEdit } from '../../client/edit-rate-limit';
import { slackFaultOf } from '../../client/slack-fault';
import { hashOf, updateStatusMessage } from '../../posts/update-status-message';
import type { Click } from '../bolt-listeners';
import { type RequestContext, refusal } from '../request';

/** One batch is asked about no more often: an impatient finger is not the provider's burden. */
const ASK_EVERY_MS = 3_000;
/** Rather than wait longer for the right to edit, the answer goes to the person alone. */
const PATIENCE_MS = 5_000;

/** Asks the provider now, and shows its answer in the message that was clicked. Stores no outcome. */
export async function refreshStatus(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const refused = refusal(request, 'refresh');
  if (refused) return refused;
  const { slack, words } = request;
  const batchId = click.value;
  const slot = await takeSlot(slack.app.db, `slack-ask:${batchId}`, ASK_EVERY_MS);
  if (!slot.taken) return plainReply(words.replies.refreshedTooOften(words.format.duration(slot.waitMs)));
  const before = await getBatchPosts(slack.app, batchId);
  const live = await askProvider(request, batchId);
  if ('text' in live) return live;

  const { summary } = live;
  const insights = await getBatchInsights(slack.app, summary);

  const isTwin = before !== null && isTwinOf(before, click);
  if (isTwin) await removeTwin(request, click);
  if (before?.slackMessageTs && (isTwin || click.message?.ts === before.slackMessageTs)) {
    const report = { ...before, slackMessageTs: before.slackMessageTs };
    const edited = await editReport(request, report, live, insights);
    if (!edited) return statusMessage(request.reader, { summary, insights, live, withChart: false });
    return isTwin ? plainReply(words.replies.duplicateRemoved(await addressOf(request, report))) : null;
  }
  await click.replace(statusMessage(request.reader, { summary, insights, live, withChart: false }));
  return null;
}

/** The provider's answer, or what to tell the person where there is none. */
async function askProvider(
  { slack, tenantId, words }: RequestContext,
  batchId: string,
): Promise<LiveStatus | SlackMessage> {
  try {
    const live = await getBatchMessageStatus(slack.app, { tenantId, batchId });
    return live ?? plainReply(words.review.gone);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return plainReply(words.errors.refreshFailed(explainProviderError(words, error)));
  }
}

interface Report {
  slackChannelId: string;
  slackMessageTs: string;
  version: number;
}

/** A second report in the channel: the bot was killed while it posted, and is not let look what stands there. */
function isTwinOf(report: BatchPosts, { message }: Click): boolean {
  if (!report.slackMessageTs || !message || message.isEphemeral) return false;
  return message.channelId === report.slackChannelId && message.ts !== report.slackMessageTs;
}

/** Now that somebody has pressed a button of it, we know where it stands. */
async function removeTwin({ slack }: RequestContext, { message }: Click): Promise<void> {
  if (!message) return;
  try {
    await slack.client.chat.delete({ channel: message.channelId, ts: message.ts });
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    slack.log.warn({ err: error }, 'a second report could not be taken away');
  }
}

async function addressOf(
  { slack }: RequestContext,
  { slackChannelId, slackMessageTs }: Report,
): Promise<string> {
  const { workspaceUrl } = await slack.identity();
  return messageUrl(workspaceUrl, slackChannelId, slackMessageTs);
}

/**
 * False where the message cannot be edited now. It is recorded as showing the version that was stored
 * before the provider was asked: what has changed since is shown at once.
 */
async function editReport(
  request: RequestContext,
  report: Report,
  live: LiveStatus,
  insights: BatchInsights,
): Promise<boolean> {
  const { slack, tenantId } = request;
  const { summary } = live;
  const slot = await reserveWorkspaceEdit(slack, tenantId, PATIENCE_MS);
  if (!slot.taken) return false;
  await delay(slot.waitMs);
  const tenant = await getTenant(slack.app.db, tenantId);
  const withChart = tenant?.chartsSupported ?? false;
  const message = statusMessage(channelReader(tenant), { summary, insights, live, withChart });
  const { slackChannelId, slackMessageTs, version } = report;
  try {
    await editMessage(slack, { channelId: slackChannelId, ts: slackMessageTs }, message);
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    return false;
  }
  const shown = { batchId: summary.id, slackChannelId, slackMessageTs, version };
  await recordStatusMessageShown(slack.app, { ...shown, renderHash: hashOf(message) });
  const after = await getBatchPosts(slack.app, summary.id);
  if (after && after.version !== version) await updateStatusMessage(slack, summary.id);
  return true;
}
