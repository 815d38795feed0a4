import type { Knex } from 'knex';
import type { Heart } from './heart';
import { type Attention, setAttention } from './store/batches';
import { wakeAttention } from './wake';

/** Something has happened that people must be told in a message of its own: an edited one notifies nobody. */
export async function callAttention(trx: Knex, batchId: string, attention: Attention): Promise<void> {
  await setAttention(trx, batchId, attention);
  await wakeAttention(trx, batchId);
}

/** The channel was told. Guarded by what it was told of: a newer matter stays untold. */
export async function recordAttentionTold(
  heart: Heart,
  told: { batchId: string; attention: Attention },
): Promise<void> {
  await heart
    .db('sms_batch')
    .where({ id: told.batchId, attention: told.attention })
    .update({ attention_told_at: heart.db.fn.now() });
}
