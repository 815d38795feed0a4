import type { Alert } from '../../batches/batch';
import { listUncertainExamples } from '../../batches/views/list-uncertain-examples';
import { DONE, type JobResult } from '../../queue/job-result';
import { system } from '../../tenants/actor';
import { getTenant } from '../../tenants/tenant';
import { wordsFor } from '../../words/words-for';
import { alertMessage } from '../blocks/messages/alert';
import type { ShownBatch } from '../blocks/parts/shown-batch';
import { withPostLock } from '../client/post-lock';
import type { SlackClients } from '../client/slack-clients';
import { alertKey } from '../store/outbox.sql';
import { getShownBatch } from '../store/shown-batches';
import { findSlackBatch, recordAlertPosted } from '../store/slack-batches.sql';
import { postNotice } from './post-notice';

/** Posts the batch's latest alert, once: what stopped the batch or needs a decision, with the buttons to go on. */
export function postAlert(slack: SlackClients, batchId: string): Promise<JobResult> {
  return withPostLock(slack, `attention:${batchId}`, () => postPendingAlert(slack, batchId));
}

async function postPendingAlert(slack: SlackClients, batchId: string): Promise<JobResult> {
  const { db } = slack.app;
  const { tenantId } = slack.workspace;
  const place = await findSlackBatch(db, batchId);
  const batch = await getShownBatch(slack.app, system(tenantId), batchId);
  const tenant = await getTenant(db, tenantId);
  if (!place || !batch?.alert || place.postedAlert >= batch.alert.number || !tenant) return DONE;
  const { kind, number } = batch.alert;
  if (!isOver(batch, kind)) {
    const uncertain =
      kind === 'uncertain' ? await listUncertainExamples(slack.app, system(tenantId), batchId) : [];
    const message = alertMessage(wordsFor(tenant.locale), batch, kind, uncertain);
    const posted = await postNotice(slack, batch, alertKey(batchId, number), message);
    if (posted.kind === 'snooze') return posted;
  }
  await recordAlertPosted(db, batchId, number);
  return DONE;
}

/** A proof, or the provider's answer, may have come since the alert was raised: then there is nothing left to say. */
function isOver(batch: ShownBatch, kind: Alert): boolean {
  if (kind === 'uncertain') return !batch.awaitsDecision;
  return kind === 'unanswered' && batch.unanswered === null;
}
