import type { Knex } from 'knex';
import { RUNNING } from '../states';
import { UNCLEAR_IN_A_ROW } from './send-requests';

/** The limits of an account at a provider, which hold over all processes. */

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
export async function lockAccount(trx: Knex.Transaction, accountId: string): Promise<AccountState> {
  const row = await trx('provider_account')
    .where({ id: accountId })
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

const IN_A_ROW = `(case when :wasClear then 0 else unclear_in_a_row end + :unclear)`;

/**
 * Updates the circuit breaker. A clear answer, accepted or rejected, closes it (`unclear` 0); `wasClear`: one came
 * before these. The third unclear one in a
 * row opens it, and each further one opens it for longer. Returns whether the breaker may have opened or closed, so that
 * what people see must be refreshed.
 */
export async function updateBreaker(
  db: Knex,
  accountId: string,
  { unclear, wasClear }: { unclear: number; wasClear: boolean },
): Promise<boolean> {
  const account = db('provider_account').where({ id: accountId });
  if (unclear === 0) {
    const closed = await account
      .where('unclear_in_a_row', '>', 0)
      .update({ unclear_in_a_row: 0, held_until: null });
    return closed === 1;
  }
  const [row] = await account
    .update({
      unclear_in_a_row: db.raw(IN_A_ROW, { unclear, wasClear }),
      held_until: db.raw(
        `case when ${IN_A_ROW} >= :limit then clock_timestamp()
           + least(:longest, :first * 2 ^ least(10, ${IN_A_ROW} - :limit)) * interval '1 second' end`,
        {
          unclear,
          wasClear,
          limit: UNCLEAR_IN_A_ROW,
          first: FIRST_PAUSE_SECONDS,
          longest: LONGEST_PAUSE_SECONDS,
        },
      ),
    })
    .returning('unclear_in_a_row');
  return (row?.unclear_in_a_row ?? 0) >= UNCLEAR_IN_A_ROW;
}

/** How many batches are being submitted through an account now. */
export async function countRunning(db: Knex, accountId: string): Promise<number> {
  const row = await running(db, accountId).count('* as n').first();
  return Number(row?.n ?? 0);
}

/** Marks these batches as changed, since their status messages show the breaker. Returns their ids. */
export async function markRunningChanged(db: Knex, accountId: string): Promise<string[]> {
  const rows = await running(db, accountId)
    .update({ version: db.raw('version + 1') })
    .returning('id');
  return rows.map((row) => row.id);
}

function running(db: Knex, accountId: string): Knex.QueryBuilder {
  return db('sms_batch')
    .whereIn('status', [...RUNNING])
    .whereIn('id', db('sms_batch_account').where({ account_id: accountId }).select('batch_id'));
}
