import { takeSlot } from '../../db/rate-limit';
import type { SlackClients } from './slack-clients';

/** 40 edits a minute: Slack's limit for chat.update is about 50 a minute for the whole workspace. */
const EDIT_EVERY_MS = 1_500;

/** Takes the workspace's next free edit, if it is not further away than `patienceMs`. Over all processes. */
export function takeWorkspaceEdit(slack: SlackClients, tenantId: string, patienceMs = 0) {
  return takeSlot(slack.app.db, `slack-edit:${tenantId}`, EDIT_EVERY_MS, patienceMs);
}

/**
 * Takes the right to edit a batch's message now: not faster than one edit a message in `messageRefreshMs`,
 * and only if the workspace has an edit left. Answers 0, or how long to wait before asking again.
 */
export async function waitForEdit(slack: SlackClients, tenantId: string, batchId: string): Promise<number> {
  const { messageRefreshMs } = slack.settings;
  const ofMessage = await takeSlot(slack.app.db, `slack-message:${batchId}`, messageRefreshMs);
  if (!ofMessage.taken) return Math.max(1, ofMessage.waitMs);
  const ofWorkspace = await takeWorkspaceEdit(slack, tenantId);
  return ofWorkspace.taken ? 0 : Math.max(1, ofWorkspace.waitMs);
}
