import type { Knex } from 'knex';

/**
 * Takes the next free slot of a limit that holds over all processes: one slot every `intervalMs`.
 * Answers how many milliseconds to wait until the slot that was taken; 0 is now. A slot further away
 * than `patienceMs` is not taken, and the answer is still the wait: come again then.
 */
export async function takeSlot(
  db: Knex,
  key: string,
  intervalMs: number,
  patienceMs = 0,
): Promise<{ taken: boolean; waitMs: number }> {
  const { rows } = await db.raw(
    `with slot as (
       insert into rate_gate as gate (key, next_at) values (:key, clock_timestamp() + :interval * interval '1 ms')
       on conflict (key) do update
         set next_at = greatest(gate.next_at, clock_timestamp()) + :interval * interval '1 ms'
         where gate.next_at <= clock_timestamp() + :patience * interval '1 ms'
       returning next_at - :interval * interval '1 ms' as at)
     select exists (select 1 from slot) as taken,
            extract(epoch from coalesce((select at from slot), (select next_at from rate_gate where key = :key))
              - clock_timestamp()) * 1000 as wait_ms`,
    { key, interval: intervalMs, patience: patienceMs },
  );
  const [{ taken, wait_ms }] = rows as [{ taken: boolean; wait_ms: string | number }];
  return { taken, waitMs: Math.max(0, Math.ceil(Number(wait_ms))) };
}

/** Closes a limit for a while: somebody told us to wait. */
export async function holdGate(db: Knex, key: string, forMs: number): Promise<void> {
  await db.raw(
    `insert into rate_gate as gate (key, next_at) values (:key, clock_timestamp() + :forMs * interval '1 ms')
     on conflict (key) do update set next_at = greatest(gate.next_at, excluded.next_at)`,
    { key, forMs },
  );
}

/** Gives a slot back before its time: what it was taken for is done. */
export async function freeSlot(db: Knex, key: string): Promise<void> {
  await db('rate_gate').where({ key }).delete();
}
