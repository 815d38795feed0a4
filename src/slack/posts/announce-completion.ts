import { getBatchMessage } from '../../batches/outbox/get-batch-posts';
import { recordNotified } from '../../batches/outbox/record-shown';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { getTenant } from '../../tenants/tenant';
import { wordsFor } from '../../words/words-for';
import { completionNotice } from '../blocks/messages/completion-notice';
import { inTurn } from '../client/one-at-a-time';
import type { SlackPost } from '../client/slack-clients';
import type { Again } from '../client/snooze';
import { tellChannel } from './post-notice';

/** Tells the sender, once, that a batch is complete: an edited message notifies nobody. */
export function announceCompletion(post: SlackPost, batchId: string): Promise<Again> {
  return inTurn(post, `announce:${batchId}`, () => announce(post, batchId));
}

async function announce(post: SlackPost, batchId: string): Promise<Again> {
  const shown = await getBatchMessage(post.heart, batchId);
  if (!shown || shown.notifiedAt) return {};
  const summary = await getBatchSummary(post.heart, { tenantId: shown.tenantId, batchId });
  const tenant = await getTenant(post.heart.db, shown.tenantId);
  if (summary?.status !== 'completed' || !tenant) return {};
  const told = await tellChannel(
    post,
    summary,
    'completion',
    completionNotice(wordsFor(tenant.locale), summary),
  );
  if (told.kind === 'later') return { againInMs: told.againInMs };
  await recordNotified(post.heart, batchId);
  return {};
}
