import type { Knex } from 'knex';

/** Whatever of ours waits for a time. */
const APPOINTMENTS = [
  ['tenant_channel_config', 'held_until'],
  ['tenant_channel_config', 'next_request_at'],
  ['sms_submission', 'not_before'],
  ['rate_limit', 'next_at'],
  ['webhook_inbox', 'due_at'],
] as const;

/** Everything that waits comes sooner by so many milliseconds: the clock by which it was put off is no more. */
export async function bringForward(trx: Knex.Transaction, ms: number): Promise<void> {
  for (const [table, column] of APPOINTMENTS) {
    await trx(table)
      .where(column, '>', trx.raw('clock_timestamp()'))
      .update({ [column]: trx.raw(`?? - ? * interval '1 ms'`, [column, ms]) });
  }
}
