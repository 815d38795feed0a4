import type { Knex } from 'knex';
import { type BatchKey, detailTable } from '../store/detail-table';

/** What is read of a batch beyond its counts: how fast it goes, and how its outcomes came in. */

const PACE_OVER_S = 60;

/** Messages a second that the provider took within the last minute; 0 when it took none. */
export async function measurePace(db: Knex, batchId: string): Promise<number> {
  const { rows } = await db.raw(
    `select coalesce(sum(size) / greatest(1, least(:seconds, extract(epoch from clock_timestamp() - min(started_at)))), 0)::float8
       as pace
     from sms_submission
     where batch_id = :batchId and outcome = 'accepted' and finished_at > clock_timestamp() - :seconds * interval '1 s'`,
    { batchId, seconds: PACE_OVER_S },
  );
  return rows[0].pace;
}

/** Outcomes between two moments in so many equal steps; what came earlier or later counts in the first or last. */
export async function countOutcomesByStep(
  db: Knex,
  key: BatchKey,
  period: { start: Date; end: Date; steps: number },
): Promise<{ step: number; status: 'delivered' | 'failed'; count: number }[]> {
  const { rows } = await db.raw(
    `select greatest(1, least(:steps, width_bucket(extract(epoch from settled_at), extract(epoch from :start::timestamptz),
         extract(epoch from :end::timestamptz), :steps))) as step, status, count(*)::int as count
     from :table: where batch_id = :batchId and status in ('delivered', 'failed') and settled_at is not null
     group by 1, 2`,
    { table: detailTable(key.provider), batchId: key.batchId, ...period },
  );
  return rows;
}
