import type { Knex } from 'knex';
import { type BatchKey, detailTable } from '../store/detail-table';

/** Figures of a batch beyond its counts: its pace, and when its outcomes came. */

const PACE_OVER_S = 60;

/** Texts a second that the provider accepted within the last minute; 0 where it accepted none. */
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

/** Outcomes between two moments, in equal steps. Earlier ones count in the first step, later ones in the last. */
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

/**
 * Texts that the provider accepted and may charge, those of former send attempts included. Not counted: recipients that
 * wait, were cancelled or refused, and those for which nobody knows whether the text arrived at the provider. Reads only
 * the rows of the latter, since they are few.
 */
export async function countAccepted(db: Knex, key: BatchKey): Promise<number> {
  const { rows } = await db.raw(
    `select total_count - cancelled_count
       - (select count(*) from :table: where batch_id = :batchId
            and status in ('pending', 'failed', 'unknown') and provider_message_id is null)
       + (select count(*) from sms_send_attempt where batch_id = :batchId and provider_message_id is not null)
       as accepted
     from sms_batch where id = :batchId`,
    { table: detailTable(key.provider), batchId: key.batchId },
  );
  return Number(rows[0]?.accepted ?? 0);
}
