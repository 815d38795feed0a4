import type { Knex } from 'knex';
import type { Counts, DayRange } from '../batch';

/** Sums over the batches that a workspace started in these days: one row a group. */

const SUMS = `
  coalesce(sum(total_count), 0)::int as total, coalesce(sum(success_count), 0)::int as delivered,
  coalesce(sum(failed_count), 0)::int as failed, coalesce(sum(unknown_count), 0)::int as unknown,
  coalesce(sum(sending_count), 0)::int as sending, coalesce(sum(cancelled_count), 0)::int as cancelled,
  coalesce(sum(total_count - success_count - failed_count - unknown_count - sending_count - cancelled_count), 0)::int
    as waiting`;

/** `day` 0 is the first day of the range; days without a batch are left out. */
export async function sumByDay(db: Knex, range: DayRange): Promise<(Counts & { day: number })[]> {
  return started(db, range)
    .select(db.raw('(batch.started_at at time zone ?)::date - ?::date as day', [range.timeZone, range.from]))
    .select(db.raw(SUMS))
    .groupBy('day')
    .orderBy('day');
}

/** Most texts first. */
export async function sumBySender(db: Knex, range: DayRange): Promise<(Counts & { externalId: string })[]> {
  return started(db, range)
    .join('app_user as person', 'person.id', 'batch.user_id')
    .select('person.external_id as externalId')
    .select(db.raw(SUMS))
    .groupBy('person.external_id')
    .orderByRaw('sum(total_count) desc');
}

/** Recipients by country, as found when each list was read; null: numbers of no single country. */
export async function countByCountry(
  db: Knex,
  range: DayRange,
): Promise<{ country: string | null; count: number }[]> {
  return started(db, range)
    .joinRaw('cross join lateral jsonb_to_recordset(batch.countries) as list (country text, count int)')
    .groupBy('list.country')
    .orderByRaw('sum(list.count) desc')
    .select('list.country', db.raw('sum(list.count)::int as count'));
}

/** Charges so far. `country` is empty for numbers of no single country; `cost` is a decimal string. */
export async function sumCostByCountry(
  db: Knex,
  range: DayRange,
): Promise<{ country: string; currency: string; cost: string }[]> {
  return started(db, range)
    .join('sms_batch_cost as charged', 'charged.batch_id', 'batch.id')
    .groupBy('charged.country', 'charged.currency')
    .orderByRaw('sum(cost_each * messages) desc')
    .select('charged.country', 'charged.currency')
    .select(db.raw('trim_scale(sum(cost_each * messages))::text as cost'));
}

/** Charges of all countries together, the currency of most texts first. `cost` is a decimal string. */
export async function sumCost(
  db: Knex,
  range: DayRange,
): Promise<{ currency: string; cost: string; messages: number }[]> {
  return started(db, range)
    .join('sms_batch_cost as charged', 'charged.batch_id', 'batch.id')
    .groupBy('charged.currency')
    .orderByRaw('sum(messages) desc')
    .select('charged.currency', db.raw('sum(messages)::int as messages'))
    .select(db.raw('trim_scale(sum(cost_each * messages))::text as cost'));
}

/** Texts whose only reported cost cannot be right. */
export async function countImplausible(db: Knex, range: DayRange): Promise<number> {
  const row = await started(db, range)
    .join('sms_implausible_cost as odd', 'odd.batch_id', 'batch.id')
    .count('* as n')
    .first();
  return Number(row?.n ?? 0);
}

function started(db: Knex, { tenantId, from, to, timeZone }: DayRange): Knex.QueryBuilder {
  return db('sms_batch as batch')
    .where('batch.tenant_id', tenantId)
    .whereRaw(`batch.started_at >= ?::date::timestamp at time zone ?`, [from, timeZone])
    .whereRaw(`batch.started_at < (?::date + 1)::timestamp at time zone ?`, [to, timeZone]);
}
