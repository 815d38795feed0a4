import type { Knex } from 'knex';

/** With each slot taken, the extra distance that `slowDown` set shrinks by a fiftieth. */
const KEEP = 0.98;
const KEPT = `power(${KEEP}::float8, :slots::int)`;
/** `slowDown` sets slots no further apart than this. */
const SLOWEST_MS = 30_000;

/**
 * Takes the next free slot of a limit over all processes: one slot every `intervalMs`, or fewer where `slowDown` was
 * called for it. `waitMs` is the time until the slot that was taken; 0 is now. A slot further away than `patienceMs` is
 * not taken; `waitMs` is then the time after which to try again. `slots`: so many together, one after the other; their time
 * is the first's.
 */
export async function takeSlot(
  db: Knex,
  key: string,
  intervalMs: number,
  patienceMs = 0,
  slots = 1,
): Promise<{ taken: boolean; waitMs: number }> {
  const { rows } = await db.raw(
    `with slot as (
       insert into rate_limit as current (key, next_at)
       values (:key, clock_timestamp() + :slots::int * :interval::float8 * interval '1 ms')
       on conflict (key) do update
         set next_at = greatest(current.next_at, clock_timestamp())
             + :slots::int * greatest(:interval::float8, current.pace_ms) * interval '1 ms',
           pace_ms = case when current.pace_ms > :interval::float8 then current.pace_ms * ${KEPT} else 0 end
         where current.next_at <= clock_timestamp() + :patience * interval '1 ms'
       returning next_at
         - :slots::int * greatest(:interval::float8, pace_ms / ${KEPT}) * interval '1 ms' as at)
     select exists (select 1 from slot) as taken,
            extract(epoch from coalesce((select at from slot), (select next_at from rate_limit where key = :key))
              - clock_timestamp()) * 1000 as wait_ms`,
    { key, interval: intervalMs, patience: patienceMs, slots },
  );
  const [{ taken, wait_ms }] = rows as [{ taken: boolean; wait_ms: string | number }];
  return { taken, waitMs: Math.max(0, Math.ceil(Number(wait_ms))) };
}

/** Gives out no slot of the limit for `forMs`, because the other side told us to wait. */
export async function pauseLimit(db: Knex, key: string, forMs: number): Promise<void> {
  await db.raw(
    `insert into rate_limit as current (key, next_at) values (:key, clock_timestamp() + :forMs * interval '1 ms')
     on conflict (key) do update set next_at = greatest(current.next_at, excluded.next_at)`,
    { key, forMs },
  );
}

/**
 * Call this when the other side says that we ask too often. Pauses the limit for `forMs`, and sets its slots twice as far
 * apart from then on. Each slot that is taken brings them a little closer again. Several such calls at the same moment
 * count once.
 */
export async function slowDown(db: Knex, key: string, forMs: number, intervalMs: number): Promise<void> {
  await db.raw(
    `update rate_limit set next_at = clock_timestamp() + :forMs * interval '1 ms',
       pace_ms = least(:slowest, 2 * greatest(pace_ms, :interval))
     where key = :key and next_at < clock_timestamp() + :forMs / 2 * interval '1 ms'`,
    { key, forMs, slowest: SLOWEST_MS, interval: intervalMs },
  );
}

/** Releases a slot early: the work that it was taken for is done. */
export async function releaseSlot(db: Knex, key: string): Promise<void> {
  await db('rate_limit').where({ key }).delete();
}
