import { getBatchMessage } from '../batches/get-batch-message';
import { getBatchSummary } from '../batches/get-batch-summary';
import { recordNotified } from '../batches/record-shown';
import { getTenant } from '../tenants/tenant';
import type { Again } from './again';
import { inTurn } from './in-turn';
import { completionNotice } from './messages/completion-notice';
import type { SlackPost } from './slack-post';
import { tellChannel } from './tell-channel';
import { wordsFor } from './words/words-for';

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
