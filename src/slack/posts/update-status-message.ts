import { createHash } from 'node:crypto';
import type { BatchSummary } from '../../batches/batch';
import { type BatchPosts, getBatchPosts } from '../../batches/outbox/get-batch-posts';
import { recordMessageShown } from '../../batches/outbox/record-shown';
import { type BatchInsights, getBatchInsights } from '../../batches/views/get-batch-insights';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { getTenant, recordChartsRefused, type Tenant } from '../../tenants/tenant';
import { channelReader } from '../../words/words-for';
import type { Message } from '../blocks/block-kit';
import { isDirect, statusMessage } from '../blocks/messages/status-message';
import { editMessage } from '../client/edit-message';
import { waitForEdit } from '../client/edit-rate-limit';
import { openDirectMessage } from '../client/open-direct-message';
import { oneAtATime } from '../client/post-lock';
import { postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { isBlocksRefused, isChannelLost, isMessageLost, slackFaultOf } from '../client/slack-fault';
import type { Snooze } from '../client/snooze';

/** In place of a render's hash: there is no message any more, and none will be made. */
const GIVEN_UP = 'given up';
/** The same for a message that stands there, posted by a process that is gone: it shows nobody knows what. */
const NOT_KNOWN = 'not known';

/**
 * Brings a batch's message in Slack up to its present state: posts it, edits it, or finds it unchanged.
 * A message that somebody deleted is not posted again; a channel that is lost moves the report, once, to the
 * sender's direct messages. Neither stops the batch. Throws what a later attempt may mend.
 */
export async function updateStatusMessage(slack: SlackClients, batchId: string): Promise<Snooze> {
  const shown = await getBatchPosts(slack.app, batchId);
  if (shown?.slackMessageTs) return show(slack, batchId, shown);
  return oneAtATime(slack, `message:${batchId}`, async () =>
    show(slack, batchId, await getBatchPosts(slack.app, batchId)),
  );
}

async function show(slack: SlackClients, batchId: string, shown: BatchPosts | null): Promise<Snooze> {
  const { app } = slack;
  const summary = shown && (await getBatchSummary(app, { tenantId: shown.tenantId, batchId }));
  const tenant = shown && (await getTenant(app.db, shown.tenantId));
  if (!shown || !summary?.startedAt || !tenant) return {};
  const insights = await getBatchInsights(app, summary);
  const showing: Showing = { slack, shown, summary, insights, tenant };
  if (shown.shownHash === GIVEN_UP) return giveUp(showing);

  const message = render(showing, tenant.chartsSupported);
  if (shown.slackMessageTs && shown.shownHash === hashOf(message)) {
    return record(showing, shown.slackChannelId, shown.slackMessageTs, hashOf(message));
  }
  if (shown.slackMessageTs) {
    const waitMs = await waitForEdit(slack, tenant.id, batchId);
    if (waitMs > 0) return { snoozeMs: waitMs };
  }
  return showMessage(showing, message);
}

interface Showing {
  slack: SlackClients;
  shown: BatchPosts;
  summary: BatchSummary;
  insights: BatchInsights;
  tenant: Tenant;
}

function render({ summary, insights, tenant }: Showing, withChart: boolean): Message {
  return statusMessage(channelReader(tenant), { summary, insights, withChart });
}

/** Tells whether a message would look the same. */
export function hashOf(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url');
}

async function showMessage(showing: Showing, message: Message): Promise<Snooze> {
  const { slack, shown, tenant } = showing;
  try {
    if (!shown.slackMessageTs) return await postMessage(showing, message);
    await editMessage(slack, { channelId: shown.slackChannelId, ts: shown.slackMessageTs }, message);
    return await record(showing, shown.slackChannelId, shown.slackMessageTs, hashOf(message));
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'limited') return { snoozeMs: fault.retryAfterMs };
    if (fault && isBlocksRefused(fault) && tenant.chartsSupported) {
      slack.log.warn({ tenantId: tenant.id }, 'the workspace does not know charts; going on without');
      await recordChartsRefused(slack.app.db, tenant.id);
      const plainer: Showing = { ...showing, tenant: { ...tenant, chartsSupported: false } };
      return showMessage(plainer, render(plainer, false));
    }
    if (fault?.kind === 'refused' && isMessageLost(fault)) return giveUp(showing, fault.error);
    if (fault?.kind === 'refused' && isChannelLost(fault)) return moveToSender(showing, fault.error);
    throw error;
  }
}

async function postMessage(showing: Showing, message: Message): Promise<Snooze> {
  const { slack, shown, summary } = showing;
  const of = { batchId: summary.id, kind: 'report' } as const;
  const posted = await postOnce(slack, of, { channel: shown.slackChannelId }, message);
  if (posted.kind === 'later') return { snoozeMs: posted.snoozeMs };
  if (!posted.isFound) return record(showing, posted.channelId, posted.ts, hashOf(message));
  await record(showing, posted.channelId, posted.ts, NOT_KNOWN);
  return { snoozeMs: 1 };
}

async function moveToSender(showing: Showing, why: string): Promise<Snooze> {
  const { slack, shown, summary } = showing;
  if (isDirect(shown.slackChannelId)) return giveUp(showing, why);
  slack.log.warn(
    { batchId: summary.id, why },
    'the channel of a report is lost; it goes on in a direct message',
  );
  const slackChannelId = await openDirectMessage(slack, summary.sender.slackUserId);
  const moved: Showing = {
    ...showing,
    shown: { ...shown, slackChannelId, slackMessageTs: null },
    summary: { ...summary, slackChannelId },
  };
  return showMessage(moved, render(moved, moved.tenant.chartsSupported));
}

function giveUp(showing: Showing, why?: string): Promise<Snooze> {
  if (why) showing.slack.log.warn({ batchId: showing.summary.id, why }, 'the message of a batch is gone');
  return record(showing, showing.shown.slackChannelId, null, GIVEN_UP);
}

/** The version is the one read before the summary: what changed meanwhile is shown by the next call. */
async function record(
  { slack, shown, summary }: Showing,
  slackChannelId: string,
  slackMessageTs: string | null,
  renderHash: string,
): Promise<Snooze> {
  const { version } = shown;
  const batchId = summary.id;
  await recordMessageShown(slack.app, { batchId, slackChannelId, slackMessageTs, version, renderHash });
  return {};
}
