import { setTimeout as delay } from 'node:timers/promises';
import type { LiveStatus } from '../../../batches/batch';
import { type BatchMessage, getBatchMessage } from '../../../batches/outbox/get-batch-posts';
import { recordMessageShown } from '../../../batches/outbox/record-shown';
import { type BatchInsights, getBatchInsights } from '../../../batches/views/get-batch-insights';
import { getBatchMessageStatus } from '../../../batches/views/get-batch-message-status';
import { takeSlot } from '../../../db/rate-limit';
import { ChannelError } from '../../../providers/sms-provider';
import { getTenant } from '../../../tenants/tenant';
import { channelReader } from '../../../words/words-for';
import { asApiBlocks, type Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import { batchMessage } from '../../blocks/messages/status-message';
import { explainChannelError } from '../../blocks/parts/explain-reason';
import { messageUrl } from '../../blocks/parts/message-url';
import { takeWorkspaceEdit } from '../../client/edit-limit';
import { slackFaultOf } from '../../client/slack-fault';
import { hashOf, showBatchMessage } from '../../posts/update-status-message';
import type { Click } from '../bolt-listeners';
import { refusal, type Visit } from '../request';

/** One batch is asked about no more often: an impatient finger is not the provider's burden. */
const ASK_EVERY_MS = 3_000;
/** Rather than wait longer for the right to edit, the answer goes to the person alone. */
const PATIENCE_MS = 5_000;

/** Asks the provider now, and shows its answer in the message that was clicked. Stores no outcome. */
export async function refreshStatus(visit: Visit, click: Click): Promise<Message | null> {
  const refused = refusal(visit, 'refresh');
  if (refused) return refused;
  const { post, words } = visit;
  const batchId = click.value;
  const slot = await takeSlot(post.heart.db, `slack-ask:${batchId}`, ASK_EVERY_MS);
  if (!slot.taken) return plainAnswer(words.answers.refreshedTooOften(words.format.duration(slot.waitMs)));
  const before = await getBatchMessage(post.heart, batchId);
  const live = await askProvider(visit, batchId);
  if ('text' in live) return live;

  const { summary } = live;
  const insights = await getBatchInsights(post.heart, summary);

  const isTwin = before !== null && isTwinOf(before, click);
  if (isTwin) await removeTwin(visit, click);
  if (before?.slackMessageTs && (isTwin || click.message?.ts === before.slackMessageTs)) {
    const report = { ...before, slackMessageTs: before.slackMessageTs };
    const edited = await editReport(visit, report, live, insights);
    if (!edited) return batchMessage(visit.reader, { summary, insights, live, withChart: false });
    return isTwin ? plainAnswer(words.answers.twinGone(await addressOf(visit, report))) : null;
  }
  await click.replace(batchMessage(visit.reader, { summary, insights, live, withChart: false }));
  return null;
}

/** The provider's answer, or what to tell the person where there is none. */
async function askProvider({ post, tenantId, words }: Visit, batchId: string): Promise<LiveStatus | Message> {
  try {
    const live = await getBatchMessageStatus(post.heart, { tenantId, batchId });
    return live ?? plainAnswer(words.review.gone);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return plainAnswer(words.errors.refreshFailed(explainChannelError(words, error)));
  }
}

interface Report {
  slackChannelId: string;
  slackMessageTs: string;
  version: number;
}

/** A second report in the channel: the bot was killed while it posted, and is not let look what stands there. */
function isTwinOf(report: BatchMessage, { message }: Click): boolean {
  if (!report.slackMessageTs || !message || message.isEphemeral) return false;
  return message.channelId === report.slackChannelId && message.ts !== report.slackMessageTs;
}

/** Now that somebody has pressed a button of it, we know where it stands. */
async function removeTwin({ post }: Visit, { message }: Click): Promise<void> {
  if (!message) return;
  try {
    await post.client.chat.delete({ channel: message.channelId, ts: message.ts });
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    post.log.warn({ err: error }, 'a second report could not be taken away');
  }
}

async function addressOf({ post }: Visit, { slackChannelId, slackMessageTs }: Report): Promise<string> {
  const { workspaceUrl } = await post.identity();
  return messageUrl(workspaceUrl, slackChannelId, slackMessageTs);
}

/**
 * False where the message cannot be edited now. It is recorded as showing the version that was stored
 * before the provider was asked: what has changed since is shown at once.
 */
async function editReport(
  visit: Visit,
  report: Report,
  live: LiveStatus,
  insights: BatchInsights,
): Promise<boolean> {
  const { post, tenantId } = visit;
  const { summary } = live;
  const slot = await takeWorkspaceEdit(post, tenantId, PATIENCE_MS);
  if (!slot.taken) return false;
  await delay(slot.waitMs);
  const tenant = await getTenant(post.heart.db, tenantId);
  const withChart = tenant?.chartsSupported ?? false;
  const message = batchMessage(channelReader(tenant), { summary, insights, live, withChart });
  const { slackChannelId, slackMessageTs, version } = report;
  try {
    const place = { channel: slackChannelId, ts: slackMessageTs };
    await post.client.chat.update({ ...place, text: message.text, blocks: asApiBlocks(message.blocks) });
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    return false;
  }
  const shown = { batchId: summary.id, slackChannelId, slackMessageTs, version };
  await recordMessageShown(post.heart, { ...shown, renderHash: hashOf(message) });
  const after = await getBatchMessage(post.heart, summary.id);
  if (after && after.version !== version) await showBatchMessage(post, summary.id);
  return true;
}
