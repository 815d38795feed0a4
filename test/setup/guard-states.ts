import type { Knex } from 'knex';
import {
  BATCH_STATUSES,
  batchMay,
  RECIPIENT_STATUSES,
  recipientMay,
  SUBMISSION_OUTCOMES,
  submissionMay,
} from '../../src/batches/states';

/** The columns that hold states, and the transitions that states.ts allows. */
export const GUARDED = [
  { table: 'sms_batch', column: 'status', states: BATCH_STATUSES, may: batchMay },
  { table: 'sms_batch_buka_detail', column: 'status', states: RECIPIENT_STATUSES, may: recipientMay },
  { table: 'sms_submission', column: 'outcome', states: SUBMISSION_OUTCOMES, may: submissionMay },
] as const;

/**
 * Makes the database refuse every transition that states.ts does not have: any UPDATE that makes one is an error in any
 * test. By triggers, which the product does not have.
 */
export async function guardStates(db: Knex): Promise<void> {
  for (const { table, column, states, may } of GUARDED) {
    const mayStep = may as (from: string, to: string) => boolean;
    const steps = states.flatMap((from) =>
      states.filter((to) => mayStep(from, to)).map((to) => `${from}>${to}`),
    );
    await db.raw(`
      create function guard_${table}() returns trigger language plpgsql as $$
      begin
        if not (old.${column} || '>' || new.${column}) = any('{${steps.join(',')}}') then
          raise exception 'states.ts has no step of ${table} from % to %', old.${column}, new.${column};
        end if;
        return new;
      end $$;
      create trigger guard_states before update of ${column} on ${table} for each row
        when (old.${column} is distinct from new.${column}) execute function guard_${table}()`);
  }
}

/** For the setup of a test: changes states without the guard. */
export function byHand<T>(db: Knex, arrange: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (trx) => {
    await trx.raw('set local session_replication_role = replica');
    return arrange(trx);
  });
}
