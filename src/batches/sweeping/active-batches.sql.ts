import type { Knex } from 'knex';
import type { BatchRow } from '../store/batches';

/** Batches that may still have to move: what the sweep and the breaker look at. */

/** A batch that the sweep looks after. */
export type ActiveBatch = Pick<
  BatchRow,
  'id' | 'tenant_id' | 'channel' | 'status' | 'unknown_count' | 'version' | 'shown_version' | 'notified_at'
> & {
  is_started: boolean;
  is_stalled: boolean;
  has_untold: boolean;
};

const AT_ONCE = 1_000;

/**
 * Everything that may still have to move, oldest first, a thousand at a time (index sms_batch_open): however many
 * paused batches people have left lying, they hide none that came later. Not what waits for columns to be named.
 */
export async function* walkActiveBatches(db: Knex, stalledAfterMs: number): AsyncGenerator<ActiveBatch> {
  for (let afterId = '0'; ; ) {
    const moving = await nextActiveBatches(db, stalledAfterMs, afterId);
    yield* moving;
    const last = moving.at(-1);
    if (!last || moving.length < AT_ONCE) return;
    afterId = last.id;
  }
}

async function nextActiveBatches(db: Knex, stalledAfterMs: number, afterId: string): Promise<ActiveBatch[]> {
  return db('sms_batch')
    .where('id', '>', afterId)
    .whereRaw(
      `(status in ('importing', 'pending', 'submitting', 'paused', 'submitted')
        or (shown_version < version and started_at is not null)
        or (status = 'completed' and notified_at is null)
        or (attention is not null and attention_told_at is null))`,
    )
    .whereRaw(`column_questions = '[]'::jsonb`)
    .orderBy('id')
    .limit(AT_ONCE)
    .select(
      'id',
      'tenant_id',
      'channel',
      'status',
      'unknown_count',
      'version',
      'shown_version',
      'notified_at',
    )
    .select(db.raw('started_at is not null as is_started'))
    .select(db.raw('(attention is not null and attention_told_at is null) as has_untold'))
    .select(
      db.raw(
        `(status in ('pending', 'submitting') and moved_at < now() - ? * interval '1 ms'
          and (attention is distinct from 'stalled' or coalesce(attention_told_at < moved_at, false))) as is_stalled`,
        [stalledAfterMs],
      ),
    );
}
