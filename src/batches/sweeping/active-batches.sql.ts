import type { Knex } from 'knex';
import type { BatchRow } from '../store/batches';

/** Active batches: those with something left to do. */

/** What the sweep needs to know of an active batch. */
export type ActiveBatch = Pick<BatchRow, 'id' | 'user_id' | 'status' | 'unknown_count'> & {
  is_stalled: boolean;
};

const PAGE_SIZE = 1_000;

/**
 * Every batch with something left to do, oldest first, read a thousand at a time (index sms_batch_open):
 * thousands of paused batches do not hide later ones. Leaves out drafts that wait for a person to choose
 * columns.
 */
export async function* walkActiveBatches(db: Knex, stalledAfterMs: number): AsyncGenerator<ActiveBatch> {
  for (let afterId = '0'; ; ) {
    const page = await nextActiveBatches(db, stalledAfterMs, afterId);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE_SIZE) return;
    afterId = last.id;
  }
}

async function nextActiveBatches(db: Knex, stalledAfterMs: number, afterId: string): Promise<ActiveBatch[]> {
  return db('sms_batch')
    .where('id', '>', afterId)
    .whereIn('status', ['importing', 'pending', 'submitting', 'paused', 'submitted'])
    .whereRaw(`column_questions = '[]'::jsonb`)
    .orderBy('id')
    .limit(PAGE_SIZE)
    .select('id', 'user_id', 'status', 'unknown_count')
    .select(
      db.raw(
        `(status in ('pending', 'submitting') and moved_at < now() - ? * interval '1 ms'
          and (alert is distinct from 'stalled' or alert_raised_at < moved_at)) as is_stalled`,
        [stalledAfterMs],
      ),
    );
}
