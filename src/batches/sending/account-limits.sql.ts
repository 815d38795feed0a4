import type { Knex } from 'knex';
import { RUNNING } from '../states';
import type { AccountKey } from '../store/batches';

/** The limits of a workspace's account at a provider, which hold over all processes. */

/**
 * After this many unclear results in a row the breaker opens: sending on would make more recipients
 * uncertain.
 */
export const UNCLEAR_IN_A_ROW = 3;
const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 600;

interface AccountState {
  /**
   * No request may start for this long: the breaker is open, or the requests a second are used up. 0: free.
   */
  pausedForMs: number;
  /** Unclear results since the last clear one. */
  unclearInARow: number;
}

/** Locks the account's row for this transaction. */
export async function lockAccount(trx: Knex.Transaction, key: AccountKey): Promise<AccountState> {
  const row = await trx('tenant_channel_config')
    .where({ tenant_id: key.tenantId, channel: key.provider })
    .forUpdate()
    .first(
      'unclear_in_a_row',
      trx.raw(
        `greatest(0, extract(epoch from greatest(held_until, next_request_at) - clock_timestamp()) * 1000)::float8
           as paused_for_ms`,
      ),
    );
  return {
    pausedForMs: Math.ceil(row?.paused_for_ms ?? 0),
    unclearInARow: row?.unclear_in_a_row ?? 0,
  };
}

/**
 * Updates the circuit breaker. A clear result, accepted or rejected, closes it. The third unclear one in a
 * row opens it, and each further one opens it for longer. Returns whether the breaker may have opened or
 * closed, so that what people see must be refreshed.
 */
export async function updateBreaker(db: Knex, key: AccountKey, isClear: boolean): Promise<boolean> {
  const account = db('tenant_channel_config').where({ tenant_id: key.tenantId, channel: key.provider });
  if (isClear) {
    const closed = await account
      .where('unclear_in_a_row', '>', 0)
      .update({ unclear_in_a_row: 0, held_until: null });
    return closed === 1;
  }
  const [row] = await account
    .update({
      unclear_in_a_row: db.raw('unclear_in_a_row + 1'),
      held_until: db.raw(
        `case when unclear_in_a_row + 1 >= :limit then clock_timestamp()
           + least(:longest, :first * 2 ^ least(10, unclear_in_a_row + 1 - :limit)) * interval '1 second' end`,
        { limit: UNCLEAR_IN_A_ROW, first: FIRST_PAUSE_SECONDS, longest: LONGEST_PAUSE_SECONDS },
      ),
    })
    .returning('unclear_in_a_row');
  return (row?.unclear_in_a_row ?? 0) >= UNCLEAR_IN_A_ROW;
}

/** How many batches of an account are being submitted now. */
export async function countRunning(db: Knex, key: AccountKey): Promise<number> {
  const row = await db('sms_batch')
    .where({ tenant_id: key.tenantId, channel: key.provider })
    .whereIn('status', [...RUNNING])
    .count('* as n')
    .first();
  return Number(row?.n ?? 0);
}

/**
 * Marks the running batches of an account as changed, since their status messages show the breaker. Returns
 * their ids.
 */
export async function markRunningChanged(db: Knex, key: AccountKey): Promise<string[]> {
  const rows = await db('sms_batch')
    .where({ tenant_id: key.tenantId, channel: key.provider })
    .whereIn('status', [...RUNNING])
    .update({ version: db.raw('version + 1') })
    .returning('id');
  return rows.map((row) => row.id);
}
