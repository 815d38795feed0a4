import type { Knex } from 'knex';
import { RUNNING } from '../states';
import type { AccountKey } from '../store/batches';

/** The limits of a workspace's account on a channel that hold over all processes. */

/** So many unclear answers in a row, and sending on would only make more recipients uncertain. */
export const UNCLEAR_IN_A_ROW = 3;
const FIRST_HOLD_SECONDS = 30;
const LONGEST_HOLD_SECONDS = 600;

export interface AccountState {
  /** Nothing may be sent for so long, by the breaker or by the limit of requests a second; 0: the way is free. */
  heldForMs: number;
  /** Unclear answers since the last clear one. */
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
           as held_for_ms`,
      ),
    );
  return {
    heldForMs: Math.ceil(row?.held_for_ms ?? 0),
    unclearInARow: row?.unclear_in_a_row ?? 0,
  };
}

/**
 * The circuit breaker. A clear answer, whatever it says, closes it; the third unclear one in a row opens
 * it, for longer each time. Answers whether it opened or closed: what people see has changed.
 */
export async function noteAnswer(db: Knex, key: AccountKey, isClear: boolean): Promise<boolean> {
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
        { limit: UNCLEAR_IN_A_ROW, first: FIRST_HOLD_SECONDS, longest: LONGEST_HOLD_SECONDS },
      ),
    })
    .returning('unclear_in_a_row');
  return (row?.unclear_in_a_row ?? 0) >= UNCLEAR_IN_A_ROW;
}

/** Batches of an account that are being submitted now. */
export async function countRunning(db: Knex, key: AccountKey): Promise<number> {
  const row = await db('sms_batch')
    .where({ tenant_id: key.tenantId, channel: key.provider })
    .whereIn('status', [...RUNNING])
    .count('* as n')
    .first();
  return Number(row?.n ?? 0);
}

/** What people see of the running batches of an account has changed, though no row of theirs did. */
export async function touchRunning(db: Knex, key: AccountKey): Promise<string[]> {
  const rows = await db('sms_batch')
    .where({ tenant_id: key.tenantId, channel: key.provider })
    .whereIn('status', [...RUNNING])
    .update({ version: db.raw('version + 1') })
    .returning('id');
  return rows.map((row) => row.id);
}
