import type { Knex } from 'knex';

/** Clocks are corrected by fractions of this all the time. */
const NOTED_MS = 1_000;

/**
 * By how many milliseconds the database's clock has been put back since the last call, over all processes; 0 as a
 * rule. Whoever is told so must bring forward what waits for a time: nobody else will be told.
 */
export async function clockPutBackMs(trx: Knex.Transaction): Promise<number> {
  await trx.raw(
    `insert into rate_limit (key, next_at) values ('clock', clock_timestamp()) on conflict do nothing`,
  );
  const { rows } = await trx.raw(
    `with last as (select next_at as at from rate_limit where key = 'clock' for update)
     select extract(epoch from last.at - clock_timestamp())::float8 * 1000 as ms from last`,
  );
  await trx('rate_limit')
    .where({ key: 'clock' })
    .update({ next_at: trx.raw('clock_timestamp()') });
  const [{ ms }] = rows as [{ ms: number }];
  return ms > NOTED_MS ? ms : 0;
}
