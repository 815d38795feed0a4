import { getBatchPosts } from '../../batches/outbox/get-batch-posts';
import { recordAlertPosted } from '../../batches/outbox/record-shown';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { listUncertainExamples } from '../../batches/views/list-uncertain-examples';
import { getTenant } from '../../tenants/tenant';
import { wordsFor } from '../../words/words-for';
import { alertPost } from '../blocks/messages/alert';
import { oneAtATime } from '../client/post-lock';
import type { SlackClients } from '../client/slack-clients';
import type { Snooze } from '../client/snooze';
import { postNotice } from './post-notice';

/** Tells the sender, once, of what stopped a batch or needs a decision, with the buttons to go on. */
export function postAlert(slack: SlackClients, batchId: string): Promise<Snooze> {
  return oneAtATime(slack, `attention:${batchId}`, () => tell(slack, batchId));
}

async function tell(slack: SlackClients, batchId: string): Promise<Snooze> {
  const shown = await getBatchPosts(slack.app, batchId);
  const attention = shown?.attention;
  if (!attention || shown.attentionToldAt) return {};
  const summary = await getBatchSummary(slack.app, { tenantId: shown.tenantId, batchId });
  const tenant = await getTenant(slack.app.db, shown.tenantId);
  if (!summary || !tenant) return {};
  // A proof may have come since: then there is nothing to decide any more.
  if (attention !== 'uncertain' || summary.awaitsDecision) {
    const uncertain = attention === 'uncertain' ? await listUncertainExamples(slack.app, summary) : [];
    const notice = alertPost(wordsFor(tenant.locale), summary, attention, uncertain);
    const told = await postNotice(slack, summary, 'attention', notice);
    if (told.kind === 'later') return { snoozeMs: told.snoozeMs };
  }
  await recordAlertPosted(slack.app, { batchId, attention });
  return {};
}
