import { takeSlot } from '../../db/rate-limit';
import type { SlackClients } from './slack-clients';

/** 40 edits a minute: Slack's limit for chat.update is about 50 a minute for the whole workspace. */
const EDIT_EVERY_MS = 1_500;

/**
 * Reserves the next free edit of the workspace, counted over all processes. `taken` is false if it is further
 * away than `patienceMs`; else the caller waits for `waitMs` and then edits.
 */
export function reserveWorkspaceEdit(slack: SlackClients, tenantId: string, patienceMs = 0) {
  return takeSlot(slack.app.db, `slack-edit:${tenantId}`, EDIT_EVERY_MS, patienceMs);
}

/**
 * Reserves an edit of a batch's status message now: at most one in `messageRefreshMs` for each message, and
 * only if the workspace has an edit left. Returns 0 if it is reserved, else the milliseconds after which to
 * try again.
 */
export async function reserveEdit(slack: SlackClients, tenantId: string, batchId: string): Promise<number> {
  const { messageRefreshMs } = slack.settings;
  const ofMessage = await takeSlot(slack.app.db, `slack-message:${batchId}`, messageRefreshMs);
  if (!ofMessage.taken) return Math.max(1, ofMessage.waitMs);
  const ofWorkspace = await reserveWorkspaceEdit(slack, tenantId);
  return ofWorkspace.taken ? 0 : Math.max(1, ofWorkspace.waitMs);
}
