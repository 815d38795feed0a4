import { createHash } from 'node:crypto';
import type { BatchInsights } from '../../batches/batch';
import { getBatchView } from '../../batches/views/get-batch-view';
import { DONE, type JobResult, snooze } from '../../queue/job-result';
import { system } from '../../tenants/actor';
import { getTenant, recordChartsRefused, type Tenant } from '../../tenants/tenant';
import { channelReader } from '../../words/words-for';
import type { SlackMessage } from '../blocks/block-kit';
import { statusMessage } from '../blocks/messages/status-message';
import { isDirectMessage } from '../blocks/parts/is-direct-message';
import type { ShownBatch } from '../blocks/parts/shown-batch';
import { editMessage } from '../client/edit-message';
import { reserveEdit } from '../client/edit-rate-limit';
import { openDirectMessage } from '../client/open-direct-message';
import { withPostLock } from '../client/post-lock';
import { postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import {
  isBlocksRefused,
  isChannelLost,
  isMessageGone,
  isNotEditable,
  isRefusedForGood,
  slackFaultOf,
} from '../client/slack-fault';
import { snoozeIfLater } from '../client/snooze-if-later';
import { statusKey } from '../store/outbox.sql';
import {
  findSlackBatch,
  forgetStatusMessage,
  recordStatusMessageShown,
  type SlackBatch,
} from '../store/slack-batches.sql';

/** Stored in place of the hash: the message is gone and will not be posted again. */
const HASH_MESSAGE_GONE = 'given up';
/** Stored in place of the hash: another process posted the message, so we do not know what it shows. */
const HASH_NOT_KNOWN = 'not known';

/**
 * Makes a batch's status message show the batch as it is now: posts it, edits it, or finds that nothing has
 * changed. A message that somebody deleted is not posted again. One that is there and cannot be changed any more is
 * followed by a new one: at once, and again when the batch has got another status. If the bot cannot write in the
 * channel, the status message moves, once, to a direct message to the sender. None of it stops the batch. Throws what is
 * no fault of Slack.
 */
export async function updateStatusMessage(slack: SlackClients, batchId: string): Promise<JobResult> {
  const shown = await findSlackBatch(slack.app.db, batchId);
  if (shown?.messageTs) return show(slack, batchId, shown);
  return withPostLock(slack, `message:${batchId}`, async () =>
    show(slack, batchId, await findSlackBatch(slack.app.db, batchId)),
  );
}

async function show(slack: SlackClients, batchId: string, shown: SlackBatch | null): Promise<JobResult> {
  const { app, workspace } = slack;
  const { tenantId } = workspace;
  const view = shown && (await getBatchView(app, system(tenantId), batchId));
  const tenant = shown && (await getTenant(app.db, tenantId));
  if (!shown || !view || !tenant) return DONE;
  const { channelId, messageTs } = shown;
  const followsEarlier = shown.followedAtStatus !== null;
  const summary = { ...view.summary, channelId, messageTs, followsEarlier };
  const update: StatusUpdate = { slack, shown, summary, insights: view.insights, tenant };
  if (shown.shownHash === HASH_MESSAGE_GONE) return stopShowing(update);

  const message = render(update, tenant.chartsSupported);
  if (shown.messageTs && shown.shownHash === hashOf(message)) {
    return recordShown(update, shown.channelId, shown.messageTs, hashOf(message));
  }
  if (shown.messageTs) {
    const waitMs = await reserveEdit(slack, tenant.id, batchId);
    if (waitMs > 0) return snooze(waitMs);
  }
  return showMessage(update, message);
}

interface StatusUpdate {
  slack: SlackClients;
  shown: SlackBatch;
  summary: ShownBatch;
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

async function showMessage(update: StatusUpdate, message: SlackMessage): Promise<JobResult> {
  const { slack, shown } = update;
  try {
    if (!shown.messageTs) return await postMessage(update, message);
    await editMessage(slack, { channelId: shown.channelId, ts: shown.messageTs }, message);
    return await recordShown(update, shown.channelId, shown.messageTs, hashOf(message));
  } catch (error) {
    return snoozeIfLater(error) ?? (await handleRefusal(update, message, error));
  }
}

/** Each refusal ends in another way to show the batch, or in none: the same is not tried again. */
async function handleRefusal(
  update: StatusUpdate,
  message: SlackMessage,
  error: unknown,
): Promise<JobResult> {
  const { slack, shown, summary, tenant } = update;
  const fault = slackFaultOf(error);
  if (!fault || !isRefusedForGood(fault)) throw error;
  if (isBlocksRefused(fault) && tenant.chartsSupported) {
    slack.log.warn({ tenantId: tenant.id }, 'the workspace does not support charts; going on without them');
    await recordChartsRefused(slack.app.db, tenant.id);
    const plainer: StatusUpdate = { ...update, tenant: { ...tenant, chartsSupported: false } };
    return showMessage(plainer, render(plainer, false));
  }
  slack.log.warn({ err: error, batchId: summary.id }, 'Slack refuses the status message of a batch');
  const { messageTs } = shown;
  if (!messageTs || isChannelLost(fault)) return moveToDirectMessage(update);
  if (isMessageGone(fault)) return stopShowing(update);
  // People were told once at this status: more reports would say little that is new.
  const isFollowed = !isNotEditable(fault) || shown.followedAtStatus === summary.status;
  if (isFollowed) return recordShown(update, shown.channelId, messageTs, hashOf(message));
  await forgetStatusMessage(slack.app.db, { batchId: summary.id, messageTs, status: summary.status });
  return snooze(1);
}

async function postMessage(update: StatusUpdate, message: SlackMessage): Promise<JobResult> {
  const { slack, shown, summary } = update;
  const posted = await postOnce(slack, statusKey(summary.id), { channel: shown.channelId }, message);
  if (posted.kind === 'snooze') return posted;
  if (!posted.isFound) return recordShown(update, posted.channelId, posted.ts, hashOf(message));
  await recordShown(update, posted.channelId, posted.ts, HASH_NOT_KNOWN);
  return snooze(1);
}

async function moveToDirectMessage(update: StatusUpdate): Promise<JobResult> {
  const { slack, shown, summary } = update;
  if (isDirectMessage(shown.channelId)) return stopShowing(update);
  let channelId: string;
  try {
    channelId = await openDirectMessage(slack, summary.sender.externalId);
  } catch (error) {
    const later = snoozeIfLater(error);
    if (later) return later;
    if (!slackFaultOf(error)) throw error;
    return stopShowing(update);
  }
  const moved: StatusUpdate = {
    ...update,
    shown: { ...shown, channelId, messageTs: null },
    summary: { ...summary, channelId },
  };
  return showMessage(moved, render(moved, moved.tenant.chartsSupported));
}

function stopShowing(update: StatusUpdate): Promise<JobResult> {
  return recordShown(update, update.shown.channelId, null, HASH_MESSAGE_GONE);
}

/** Records the version that the summary has: what has changed since is shown by the next call. */
async function recordShown(
  { slack, summary }: StatusUpdate,
  channelId: string,
  messageTs: string | null,
  renderHash: string,
): Promise<JobResult> {
  const { id: batchId, version } = summary;
  await recordStatusMessageShown(slack.app.db, { batchId, channelId, messageTs, version, renderHash });
  return DONE;
}
