import type { Knex } from 'knex';
import type { CostSum } from '../batch';
import { isBatchId } from '../store/batches';
import { oneSummary, type SummaryRow } from './batch-summaries.sql';

/** Figures of a batch beyond its counts: what it cost, its pace, and when its outcomes came. */
export interface InsightRow extends SummaryRow {
  cost_sums: CostSum[];
  implausible_costs: number;
  pace: number;
  contradicted: number;
  /** Null unless the batch is completed. */
  accepted: number | null;
  /** How many equal steps the batch's time is cut into; null unless it is completed. */
  steps: number | null;
  /** By step, from 1. Outcomes before the start count in the first step, those after the end in the last. */
  outcomes: { step: number; status: 'delivered' | 'failed'; count: number }[];
}

const PACE_OVER_S = 60;
/** A chart takes 20 points, but with more than 10 the labels run into each other. */
const MOST_STEPS = 10;

/**
 * A batch with all that a message or page shows of it: one query, and so one snapshot, in which everything adds up. Reads
 * only what the status makes useful. Null where the workspace has no such batch.
 */
export async function findWithInsights(
  db: Knex,
  { tenantId, batchId }: { tenantId: string; batchId: string },
): Promise<InsightRow | null> {
  if (!isBatchId(batchId)) return null;
  const row = await oneSummary(db, tenantId, batchId)
    .joinRaw(
      `cross join lateral (
      select case when batch.status = 'completed' and batch.started_at is not null
        then least(?, floor(extract(epoch from batch.completed_at - batch.started_at)))::int end as steps) as period`,
      [MOST_STEPS],
    )
    .select('period.steps', db.raw(`${COST_SUMS} as cost_sums`), db.raw(`${CONTRADICTED} as contradicted`))
    .select(db.raw(`${IMPLAUSIBLE_COSTS} as implausible_costs`))
    .select(db.raw(`case when batch.status = 'submitting' then ${PACE} else 0 end as pace`))
    .select(db.raw(`case when batch.status = 'completed' then ${ACCEPTED} end as accepted`))
    .select(db.raw(`case when period.steps > 1 then ${OUTCOMES} else '[]' end as outcomes`))
    .first();
  return row ?? null;
}

/** The cost so far, the currency of most texts first. */
const COST_SUMS = `(
  select coalesce(jsonb_agg(to_jsonb(sums) order by messages desc, currency), '[]') from (
    select currency, sum(cost_each * messages)::text as cost, sum(segments_each * messages)::int as segments,
      sum(messages)::int as messages
    from sms_batch_cost where batch_id = batch.id group by currency) as sums)`;

const IMPLAUSIBLE_COSTS = `(
  select count(*)::int from sms_implausible_cost where batch_id = batch.id)`;

/** Texts a second that the provider accepted within the last minute. */
const PACE = `(
  select coalesce(sum(size)
    / greatest(1, least(${PACE_OVER_S}, extract(epoch from clock_timestamp() - min(started_at)))), 0)::float8
  from sms_submission where batch_id = batch.id and outcome = 'accepted'
    and finished_at > clock_timestamp() - ${PACE_OVER_S} * interval '1 s')`;

/**
 * Texts that the provider accepted and may charge, those of former send attempts included. Not counted: recipients that
 * wait, were cancelled or refused, and those for which nobody knows whether the text arrived at the provider. Reads only
 * the rows of the latter, since they are few.
 */
const ACCEPTED = `(
  batch.total_count - batch.cancelled_count
    - (select count(*) from sms_batch_recipient where batch_id = batch.id
         and status in ('pending', 'failed', 'unknown') and provider_message_id is null)
    + (select count(*) from sms_send_attempt where batch_id = batch.id and provider_message_id is not null))::int`;

const CONTRADICTED = `(
  select count(*)::int from sms_outcome_change where batch_id = batch.id and said_status = 'failed')`;

const OUTCOMES = `(
  select coalesce(jsonb_agg(to_jsonb(counted)), '[]') from (
    select greatest(1, least(period.steps, width_bucket(extract(epoch from settled_at),
        extract(epoch from batch.started_at), extract(epoch from batch.completed_at), period.steps))) as step,
      status, count(*)::int as count
    from sms_batch_recipient where batch_id = batch.id and status in ('delivered', 'failed') and settled_at is not null
    group by 1, 2) as counted)`;
