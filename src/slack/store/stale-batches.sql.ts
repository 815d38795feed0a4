import type { Knex } from 'knex';

/** A batch of which Slack does not show what it should. */
interface StaleBatch {
  batchId: string;
  isStatusStale: boolean;
  isCompletionUntold: boolean;
  isAlertUntold: boolean;
}

/** Older batches are over, and nobody looks at them. */
const LOOK_BACK_DAYS = 90;
const MOST = 1_000;

/**
 * At most a thousand, oldest first. Drafts are left out: their review is shown by a job that is never lost silently.
 */
export async function listStaleBatches(db: Knex): Promise<StaleBatch[]> {
  const { rows } = await db.raw(
    `select * from (
       select batch.id as "batchId", shown_version < version as "isStatusStale",
         batch.status = 'completed' and announced_round is distinct from batch.round as "isCompletionUntold",
         alert is not null and posted_alert < alert_number as "isAlertUntold"
       from slack_batch as shown join sms_batch as batch on batch.id = shown.batch_id
       where batch.started_at is not null and batch.created_at > now() - :days * interval '1 day'
     ) as looked_at
     where "isStatusStale" or "isCompletionUntold" or "isAlertUntold"
     order by "batchId" limit :most`,
    { days: LOOK_BACK_DAYS, most: MOST },
  );
  return rows;
}
