import type { Knex } from 'knex';

/** Smaller corrections happen all the time, and do not matter. */
const NOTICED_MS = 1_000;

/**
 * Returns by how many milliseconds the database's clock was set back since the last call in any process; usually 0. A
 * caller that gets more must bring forward all that waits for a time: each setback is returned only once.
 */
export async function clockSetBackMs(trx: Knex.Transaction): Promise<number> {
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
  return ms > NOTICED_MS ? ms : 0;
}
