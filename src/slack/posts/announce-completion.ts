import { DONE, type JobResult } from '../../queue/job-result';
import { system } from '../../tenants/actor';
import { getTenant } from '../../tenants/tenant';
import { wordsFor } from '../../words/words-for';
import { completionNotice } from '../blocks/messages/completion-notice';
import { withPostLock } from '../client/post-lock';
import type { SlackClients } from '../client/slack-clients';
import { completionKey } from '../store/outbox.sql';
import { getShownBatch } from '../store/shown-batches';
import { findSlackBatch, recordCompletionPosted } from '../store/slack-batches.sql';
import { postNotice } from './post-notice';

/** Notifies the sender, once a round, that a batch is complete. This is a new message, since an edit notifies nobody. */
export function announceCompletion(slack: SlackClients, batchId: string): Promise<JobResult> {
  return withPostLock(slack, `announce:${batchId}`, () => postCompletion(slack, batchId));
}

async function postCompletion(slack: SlackClients, batchId: string): Promise<JobResult> {
  const { db } = slack.app;
  const { tenantId } = slack.workspace;
  const place = await findSlackBatch(db, batchId);
  const batch = await getShownBatch(slack.app, system(tenantId), batchId);
  const tenant = await getTenant(db, tenantId);
  if (!place || batch?.status !== 'completed' || place.announcedRound === batch.round || !tenant) return DONE;
  const notice = completionNotice(wordsFor(tenant.locale), batch);
  const posted = await postNotice(slack, batch, completionKey(batchId, batch.round), notice);
  if (posted.kind === 'snooze') return posted;
  await recordCompletionPosted(db, batchId, batch.round);
  return DONE;
}
