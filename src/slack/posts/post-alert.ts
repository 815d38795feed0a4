import { getBatchMessage } from '../../batches/outbox/get-batch-posts';
import { recordAttentionTold } from '../../batches/outbox/record-shown';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { listUncertainExamples } from '../../batches/views/list-uncertain-examples';
import { getTenant } from '../../tenants/tenant';
import { wordsFor } from '../../words/words-for';
import { attentionNotice } from '../blocks/messages/alert';
import { inTurn } from '../client/one-at-a-time';
import type { SlackPost } from '../client/slack-clients';
import type { Again } from '../client/snooze';
import { tellChannel } from './post-notice';

/** Tells the sender, once, of what stopped a batch or needs a decision, with the buttons to go on. */
export function callAttention(post: SlackPost, batchId: string): Promise<Again> {
  return inTurn(post, `attention:${batchId}`, () => tell(post, batchId));
}

async function tell(post: SlackPost, batchId: string): Promise<Again> {
  const shown = await getBatchMessage(post.heart, batchId);
  const attention = shown?.attention;
  if (!attention || shown.attentionToldAt) return {};
  const summary = await getBatchSummary(post.heart, { tenantId: shown.tenantId, batchId });
  const tenant = await getTenant(post.heart.db, shown.tenantId);
  if (!summary || !tenant) return {};
  // A proof may have come since: then there is nothing to decide any more.
  if (attention !== 'uncertain' || summary.awaitsDecision) {
    const uncertain = attention === 'uncertain' ? await listUncertainExamples(post.heart, summary) : [];
    const notice = attentionNotice(wordsFor(tenant.locale), summary, attention, uncertain);
    const told = await tellChannel(post, summary, 'attention', notice);
    if (told.kind === 'later') return { againInMs: told.againInMs };
  }
  await recordAttentionTold(post.heart, { batchId, attention });
  return {};
}
