import type { Knex } from 'knex';
import type { BatchRow } from '../store/batches';

/** Active batches: those with something left to do. */

/** What the sweep needs to know of an active batch. */
export type ActiveBatch = Pick<
  BatchRow,
  'id' | 'tenant_id' | 'channel' | 'status' | 'unknown_count' | 'version' | 'shown_version' | 'notified_at'
> & {
  is_started: boolean;
  is_stalled: boolean;
  has_unposted_alert: boolean;
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
    .whereRaw(
      `(status in ('importing', 'pending', 'submitting', 'paused', 'submitted')
        or (shown_version < version and started_at is not null)
        or (status = 'completed' and notified_at is null)
        or (attention is not null and attention_told_at is null))`,
    )
    .whereRaw(`column_questions = '[]'::jsonb`)
    .orderBy('id')
    .limit(PAGE_SIZE)
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
    .select(db.raw('(attention is not null and attention_told_at is null) as has_unposted_alert'))
    .select(
      db.raw(
        `(status in ('pending', 'submitting') and moved_at < now() - ? * interval '1 ms'
          and (attention is distinct from 'stalled' or coalesce(attention_told_at < moved_at, false))) as is_stalled`,
        [stalledAfterMs],
      ),
    );
}
