import type { Knex } from 'knex';
import { type BatchKey, detailTable } from '../store/detail-table';

/** Moves a chunk's unsent recipients after the first `keep` into the chunk `into`. Returns how many moved. */
export async function splitChunk(
  trx: Knex.Transaction,
  key: BatchKey,
  chunk: number,
  into: number,
  keep: number,
): Promise<number> {
  const { rowCount } = await trx.raw(
    `update ?? set chunk = ? where id in (
       select id from ?? where batch_id = ? and status = 'pending' and chunk = ? order by position offset ?)`,
    [detailTable(key.provider), into, detailTable(key.provider), key.batchId, chunk, keep],
  );
  return rowCount;
}
