import type { Ledger } from '@bulk-sms/playground/buka/messages/ledger';
import type { Knex } from 'knex';
import { until } from '../setup/until';

interface Batch {
  id: string;
  status: string;
  reason: string | null;
  total_count: number;
  sending_count: number;
  success_count: number;
  failed_count: number;
  unknown_count: number;
  cancelled_count: number;
}

export function onlyBatch(db: Knex): Promise<Batch> {
  const counts = ['total', 'sending', 'success', 'failed', 'unknown', 'cancelled'].map(
    (one) => `${one}_count`,
  );
  return db('sms_batch').first('id', 'status', 'reason', ...counts);
}

/** No recipient of the batch waits, and no request is open. */
export const isSubmitted = (batch: Pick<Batch, 'status'> | undefined): boolean =>
  batch !== undefined && ['submitted', 'completed'].includes(batch.status);

/** The same, and no recipient is uncertain. */
export const isResolved = (batch: Batch | undefined): boolean =>
  isSubmitted(batch) && batch?.unknown_count === 0;

/** Waits until all is submitted and proved by the provider's records: only recipients it never accepted are uncertain. */
export async function untilProved(
  db: Knex,
  ledger: Ledger,
  numbers: string[],
  withinMs?: number,
): Promise<void> {
  const ask = async () => ({ batch: await onlyBatch(db), never: ledger.counts(numbers).never });
  await until(ask, ({ batch, never }) => isSubmitted(batch) && batch?.unknown_count === never, withinMs);
}

/**
 * The promise, by the provider's ledger and by our tables. Each of these numbers was accepted once; or never, and then it
 * is shown as unknown, failed or cancelled. There is one batch, its counts add up, and no other number was accepted.
 */
export async function expectPromiseKept(db: Knex, ledger: Ledger, numbers: string[]): Promise<void> {
  expect(ledger.doubled()).toEqual([]);
  expect(ledger.counts(numbers).unexpected).toBe(0);
  const { batches, rows } = await takeSnapshot(db);
  expect(rows.map((row) => row.recipient_number).sort()).toEqual([...numbers].sort());
  const unproved = rows.filter((row) => ledger.timesAccepted(row.recipient_number) === 0);
  expect(unproved.filter((row) => !['unknown', 'failed', 'cancelled'].includes(row.status))).toEqual([]);
  const proved = rows.filter((row) => ledger.timesAccepted(row.recipient_number) === 1);
  expect(proved.filter((row) => !['sending', 'delivered', 'failed', 'unknown'].includes(row.status))).toEqual(
    [],
  );

  const count = (status: string) => rows.filter((row) => row.status === status).length;
  expect(batches).toMatchObject([
    {
      total_count: numbers.length,
      sending_count: count('sending'),
      success_count: count('delivered'),
      failed_count: count('failed'),
      unknown_count: count('unknown'),
      cancelled_count: count('cancelled'),
    },
  ]);
  expect(count('pending')).toBe(0);
}

/** The tables at one moment: tracking continues meanwhile. */
function takeSnapshot(db: Knex) {
  return db.transaction(
    async (trx) => {
      const rows: { recipient_number: string; status: string }[] = await trx('sms_batch_recipient').select(
        'recipient_number',
        'status',
      );
      return { rows, batches: await trx('sms_batch') };
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}
