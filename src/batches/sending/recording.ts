import type { Knex } from 'knex';
import type { AppContext } from '../app-context';
import type { BatchRow } from '../store/batches';
import type { ChunkKey } from '../store/detail-table';
import type { Submission } from '../store/submissions';

/** One outcome that is being recorded, in its transaction. */
export interface Recording {
  app: AppContext;
  trx: Knex.Transaction;
  batch: BatchRow;
  submission: Submission;
  key: ChunkKey;
  /**
   * What the recipients of the submission are. `unknown`: the sweep has given up on it, and what comes now is proof.
   */
  from: 'pending' | 'unknown';
}
