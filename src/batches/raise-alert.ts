import type { Knex } from 'knex';
import { enqueueAlert } from './enqueue-jobs';
import { deletePendingPost } from './outbox/pending-posts.sql';
import { type Alert, setAlert } from './store/alerts';

/** Something has happened that people must be told in a message of its own: an edited one notifies nobody. */
export async function raiseAlert(trx: Knex, batchId: string, attention: Alert): Promise<void> {
  await setAlert(trx, batchId, attention);
  // A post of unknown outcome was about the former matter: found, it would stand for this one.
  await deletePendingPost(trx, { batchId, kind: 'attention' });
  await enqueueAlert(trx, batchId);
}
