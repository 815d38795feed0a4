import { getBatchPosts } from '../../batches/outbox/get-batch-posts';
import { recordAlertPosted } from '../../batches/outbox/record-shown';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { listUncertainExamples } from '../../batches/views/list-uncertain-examples';
import { getTenant } from '../../tenants/tenant';
import { wordsFor } from '../../words/words-for';
import { alertMessage } from '../blocks/messages/alert';
import { withPostLock } from '../client/post-lock';
import type { SlackClients } from '../client/slack-clients';
import type { Snooze } from '../client/snooze';
import { postNotice } from './post-notice';

/** Posts the batch's alert, once: what stopped the batch or needs a decision, with the buttons to go on. */
export function postAlert(slack: SlackClients, batchId: string): Promise<Snooze> {
  return withPostLock(slack, `attention:${batchId}`, () => postPendingAlert(slack, batchId));
}

async function postPendingAlert(slack: SlackClients, batchId: string): Promise<Snooze> {
  const shown = await getBatchPosts(slack.app, batchId);
  const alert = shown?.alert;
  if (!alert || shown.alertPostedAt) return {};
  const summary = await getBatchSummary(slack.app, { tenantId: shown.tenantId, batchId });
  const tenant = await getTenant(slack.app.db, shown.tenantId);
  if (!summary || !tenant) return {};
  // A proof may have arrived since the alert was raised: then there is nothing left to decide.
  if (alert !== 'uncertain' || summary.awaitsDecision) {
    const uncertain = alert === 'uncertain' ? await listUncertainExamples(slack.app, summary) : [];
    const message = alertMessage(wordsFor(tenant.locale), summary, alert, uncertain);
    const posted = await postNotice(slack, summary, 'attention', message);
    if (posted.kind === 'later') return { snoozeMs: posted.snoozeMs };
  }
  await recordAlertPosted(slack.app, { batchId, alert });
  return {};
}
