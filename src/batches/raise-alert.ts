import type { Knex } from 'knex';
import { enqueueAlert } from './enqueue-jobs';
import { deletePendingPost } from './outbox/pending-posts.sql';
import { type Alert, setAlert } from './store/alerts';

/** Raises an alert, which gets a Slack message of its own: an edited message notifies nobody. */
export async function raiseAlert(trx: Knex, batchId: string, alert: Alert): Promise<void> {
  await setAlert(trx, batchId, alert);
  // A pending post of unknown outcome is about the former alert: if found, it would count as this one's post.
  await deletePendingPost(trx, { batchId, kind: 'attention' });
  await enqueueAlert(trx, batchId);
}
