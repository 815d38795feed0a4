import { createHash } from 'node:crypto';
import type { BatchSummary } from '../../batches/batch';
import { type BatchPosts, getBatchPosts } from '../../batches/outbox/get-batch-posts';
import { recordStatusMessageShown } from '../../batches/outbox/record-shown';
import { type BatchInsights, getBatchInsights } from '../../batches/views/get-batch-insights';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { getTenant, recordChartsRefused, type Tenant } from '../../tenants/tenant';
import { channelReader } from '../../words/words-for';
import type { SlackMessage } from '../blocks/block-kit';
import { statusMessage } from '../blocks/messages/status-message';
import { isDirectMessage } from '../blocks/parts/is-direct-message';
import { editMessage } from '../client/edit-message';
import { reserveEdit } from '../client/edit-rate-limit';
import { openDirectMessage } from '../client/open-direct-message';
import { withPostLock } from '../client/post-lock';
import { postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { isBlocksRefused, isChannelLost, isMessageLost, slackFaultOf } from '../client/slack-fault';
import { type Snooze, snoozeIfRateLimited } from '../client/snooze';

/** Stored in place of the hash: the message is gone and will not be posted again. */
const HASH_MESSAGE_GONE = 'given up';
/** Stored in place of the hash: another process posted the message, so we do not know what it shows. */
const HASH_NOT_KNOWN = 'not known';

/**
 * Makes a batch's status message show the batch as it is now: posts it, edits it, or finds that nothing has
 * changed. A message that somebody deleted is not posted again. If the bot cannot write in the channel any
 * more, the status message moves, once, to a direct message to the sender. Neither stops the batch. Throws
 * what a later try may fix.
 */
export async function updateStatusMessage(slack: SlackClients, batchId: string): Promise<Snooze> {
  const shown = await getBatchPosts(slack.app, batchId);
  if (shown?.slackMessageTs) return show(slack, batchId, shown);
  return withPostLock(slack, `message:${batchId}`, async () =>
    show(slack, batchId, await getBatchPosts(slack.app, batchId)),
  );
}

async function show(slack: SlackClients, batchId: string, shown: BatchPosts | null): Promise<Snooze> {
  const { app } = slack;
  const summary = shown && (await getBatchSummary(app, { tenantId: shown.tenantId, batchId }));
  const tenant = shown && (await getTenant(app.db, shown.tenantId));
  if (!shown || !summary?.startedAt || !tenant) return {};
  const insights = await getBatchInsights(app, summary);
  const update: StatusUpdate = { slack, shown, summary, insights, tenant };
  if (shown.shownHash === HASH_MESSAGE_GONE) return stopShowing(update);

  const message = render(update, tenant.chartsSupported);
  if (shown.slackMessageTs && shown.shownHash === hashOf(message)) {
    return recordShown(update, shown.slackChannelId, shown.slackMessageTs, hashOf(message));
  }
  if (shown.slackMessageTs) {
    const waitMs = await reserveEdit(slack, tenant.id, batchId);
    if (waitMs > 0) return { snoozeMs: waitMs };
  }
  return showMessage(update, message);
}

interface StatusUpdate {
  slack: SlackClients;
  shown: BatchPosts;
  summary: BatchSummary;
  insights: BatchInsights;
  tenant: Tenant;
}

function render({ summary, insights, tenant }: StatusUpdate, withChart: boolean): SlackMessage {
  return statusMessage(channelReader(tenant), { summary, insights, withChart });
}

/** Equal hashes mean that two messages look the same. */
export function hashOf(message: SlackMessage): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url');
}

async function showMessage(update: StatusUpdate, message: SlackMessage): Promise<Snooze> {
  const { slack, shown, tenant } = update;
  try {
    if (!shown.slackMessageTs) return await postMessage(update, message);
    await editMessage(slack, { channelId: shown.slackChannelId, ts: shown.slackMessageTs }, message);
    return await recordShown(update, shown.slackChannelId, shown.slackMessageTs, hashOf(message));
  } catch (error) {
    const rateLimited = snoozeIfRateLimited(error);
    if (rateLimited) return rateLimited;
    const fault = slackFaultOf(error);
    if (fault && isBlocksRefused(fault) && tenant.chartsSupported) {
      slack.log.warn({ tenantId: tenant.id }, 'the workspace does not support charts; going on without them');
      await recordChartsRefused(slack.app.db, tenant.id);
      const plainer: StatusUpdate = { ...update, tenant: { ...tenant, chartsSupported: false } };
      return showMessage(plainer, render(plainer, false));
    }
    if (fault?.kind === 'refused' && isMessageLost(fault)) return stopShowing(update, fault.error);
    if (fault?.kind === 'refused' && isChannelLost(fault)) return moveToDirectMessage(update, fault.error);
    throw error;
  }
}

async function postMessage(update: StatusUpdate, message: SlackMessage): Promise<Snooze> {
  const { slack, shown, summary } = update;
  const key = { batchId: summary.id, kind: 'report' } as const;
  const posted = await postOnce(slack, key, { channel: shown.slackChannelId }, message);
  if (posted.kind === 'later') return { snoozeMs: posted.snoozeMs };
  if (!posted.isFound) return recordShown(update, posted.channelId, posted.ts, hashOf(message));
  await recordShown(update, posted.channelId, posted.ts, HASH_NOT_KNOWN);
  return { snoozeMs: 1 };
}

async function moveToDirectMessage(update: StatusUpdate, why: string): Promise<Snooze> {
  const { slack, shown, summary } = update;
  if (isDirectMessage(shown.slackChannelId)) return stopShowing(update, why);
  slack.log.warn(
    { batchId: summary.id, why },
    'the channel of a status message is lost; it goes on in a direct message',
  );
  const slackChannelId = await openDirectMessage(slack, summary.sender.slackUserId);
  const moved: StatusUpdate = {
    ...update,
    shown: { ...shown, slackChannelId, slackMessageTs: null },
    summary: { ...summary, slackChannelId },
  };
  return showMessage(moved, render(moved, moved.tenant.chartsSupported));
}

function stopShowing(update: StatusUpdate, why?: string): Promise<Snooze> {
  if (why)
    update.slack.log.warn({ batchId: update.summary.id, why }, 'the status message of a batch is gone');
  return recordShown(update, update.shown.slackChannelId, null, HASH_MESSAGE_GONE);
}

/** Records the version that was read before the summary: what has changed since is shown by the next call. */
async function recordShown(
  { slack, shown, summary }: StatusUpdate,
  slackChannelId: string,
  slackMessageTs: string | null,
  renderHash: string,
): Promise<Snooze> {
  const { version } = shown;
  const batchId = summary.id;
  await recordStatusMessageShown(slack.app, { batchId, slackChannelId, slackMessageTs, version, renderHash });
  return {};
}
