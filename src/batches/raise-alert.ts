import type { Knex } from 'knex';
import { wakeAttention } from './enqueue-jobs';
import { deletePosting } from './outbox/pending-posts.sql';
import { type Attention, setAttention } from './store/alerts';

/** Something has happened that people must be told in a message of its own: an edited one notifies nobody. */
export async function callAttention(trx: Knex, batchId: string, attention: Attention): Promise<void> {
  await setAttention(trx, batchId, attention);
  // A post of unknown outcome was about the former matter: found, it would stand for this one.
  await deletePosting(trx, { batchId, kind: 'attention' });
  await wakeAttention(trx, batchId);
}
