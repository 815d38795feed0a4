import type { Knex } from 'knex';
import { type ChunkKey, detailTable } from '../store/detail-table';

/** Moves a chunk's unsent recipients after the first `keep` into the chunk `into`. Returns how many moved. */
export async function splitChunk(
  trx: Knex.Transaction,
  { provider, batchId, chunk }: ChunkKey,
  into: number,
  keep: number,
): Promise<number> {
  const { rowCount } = await trx.raw(
    `update :table: set chunk = :into where id in (
       select id from :table: where batch_id = :batchId and status = 'pending' and chunk = :chunk
       order by position offset :keep)`,
    { table: detailTable(provider), batchId, chunk, into, keep },
  );
  return rowCount;
}
