import type { Knex } from 'knex';

/** The columns that hold the time until which something waits. */
const TIMERS = [
  ['provider_account', 'held_until'],
  ['provider_account', 'next_request_at'],
  ['sms_submission', 'not_before'],
  ['rate_limit', 'next_at'],
  ['webhook_inbox', 'due_at'],
  ['dead_job', 'retry_at'],
] as const;

/** Moves all timers forward by this many milliseconds, after the clock that set them was set back. */
export async function moveTimersForward(trx: Knex.Transaction, ms: number): Promise<void> {
  for (const [table, column] of TIMERS) {
    await trx(table)
      .where(column, '>', trx.raw('clock_timestamp()'))
      .update({ [column]: trx.raw(`?? - ? * interval '1 ms'`, [column, ms]) });
  }
}
