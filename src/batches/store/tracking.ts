import type { Knex } from 'knex';

/** When the provider was last asked about a batch, and when it last told by itself. */

/** A round of asking the provider is over (`afterChunk` 0), or goes on after this chunk. */
export async function notePoll(trx: Knex, batchId: string, afterChunk: number): Promise<void> {
  await trx('sms_batch')
    .where({ id: batchId })
    .update({
      poll_after_chunk: afterChunk,
      checked_at: trx.fn.now(),
      ...(afterChunk === 0 ? { version: trx.raw('version + 1') } : {}),
    });
}

/**
 * How long ago everything was submitted; 0 while it is not. By the database's clock, which is one for all
 * processes: a machine whose own has jumped must not give up on texts that are on their way.
 */
export async function submittedForMs(db: Knex, batchId: string): Promise<number> {
  const row = await db('sms_batch')
    .where({ id: batchId, status: 'submitted' })
    .first(db.raw(`extract(epoch from clock_timestamp() - submitted_at)::float8 * 1000 as ms`));
  return row?.ms ?? 0;
}

/** How long ago the provider last pushed a report about a batch, and was last asked; by the database's clock. */
export async function lastHeard(
  db: Knex,
  batchId: string,
): Promise<{ reportedForMs: number | null; askedForMs: number }> {
  const since = (column: string) => `extract(epoch from clock_timestamp() - ${column})::float8 * 1000`;
  const row = await db('sms_batch')
    .where({ id: batchId })
    .first(
      db.raw(`${since('reported_at')} as reported`),
      db.raw(`${since('coalesce(checked_at, started_at)')} as asked`),
    );
  return { reportedForMs: row?.reported ?? null, askedForMs: row?.asked ?? 0 };
}
