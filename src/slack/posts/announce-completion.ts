import { getBatchPosts } from '../../batches/outbox/get-batch-posts';
import { recordCompletionPosted } from '../../batches/outbox/record-shown';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { getTenant } from '../../tenants/tenant';
import { wordsFor } from '../../words/words-for';
import { completionNotice } from '../blocks/messages/completion-notice';
import { withPostLock } from '../client/post-lock';
import type { SlackClients } from '../client/slack-clients';
import type { Snooze } from '../client/snooze';
import { postNotice } from './post-notice';

/**
 * Notifies the sender, once, that a batch is complete. This is a new message, since an edit notifies nobody.
 */
export function announceCompletion(slack: SlackClients, batchId: string): Promise<Snooze> {
  return withPostLock(slack, `announce:${batchId}`, () => postCompletion(slack, batchId));
}

async function postCompletion(slack: SlackClients, batchId: string): Promise<Snooze> {
  const shown = await getBatchPosts(slack.app, batchId);
  if (!shown || shown.notifiedAt) return {};
  const summary = await getBatchSummary(slack.app, { tenantId: shown.tenantId, batchId });
  const tenant = await getTenant(slack.app.db, shown.tenantId);
  if (summary?.status !== 'completed' || !tenant) return {};
  const posted = await postNotice(
    slack,
    summary,
    'completion',
    completionNotice(wordsFor(tenant.locale), summary),
  );
  if (posted.kind === 'later') return { snoozeMs: posted.snoozeMs };
  await recordCompletionPosted(slack.app, batchId);
  return {};
}
