import type { Knex } from 'knex';
import { type AppContext, providerOf } from '../app-context';
import { enqueueReview } from '../enqueue-jobs';
import { type BatchRow, findBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';
import { planChunks } from '../store/submissions';
import { clearRecipients, lockForImport } from './copy-recipients.sql';
import { setColumnQuestions } from './import-progress.sql';
import { type DownloadFile, MAX_RECIPIENTS, type ReadResult, readSources } from './read-sources';

/**
 * Reads a draft's sources into its recipients, in one transaction: a crash leaves nothing half read, and
 * reading again starts afresh. Ends with the batch `ready`, `failed`, or waiting for a person to name the
 * column of the numbers. Whichever it is, the person is shown it.
 */
export async function importRecipients(
  app: AppContext,
  batchId: string,
  openFile: DownloadFile,
  maxRecipients = MAX_RECIPIENTS,
): Promise<void> {
  const batch = await findBatch(app.db, batchId);
  if (batch?.status !== 'importing' || batch.column_questions.length > 0) return;
  const unfinished = await readAll(app, batch, openFile, maxRecipients);
  if (!unfinished) return;
  await app.db.transaction(async (trx) => {
    if (unfinished.kind === 'column_in_doubt') await setColumnQuestions(trx, batchId, unfinished.questions);
    else await moveToFailed(trx, batchId, unfinished);
    await enqueueReview(trx, batchId);
  });
}

type Unfinished = Exclude<ReadResult, { kind: 'read' }>;

class RollBack extends Error {
  constructor(readonly unfinished: Unfinished) {
    super(unfinished.kind);
  }
}

/** What was copied stays only if everything was read; else the answer says what is missing. */
async function readAll(
  app: AppContext,
  batch: BatchRow,
  openFile: DownloadFile,
  maxRecipients: number,
): Promise<Unfinished | null> {
  const key = { provider: batch.channel, batchId: batch.id };
  const chunkSize = providerOf(app, batch.channel).maxMessagesPerSend;
  try {
    await app.db.transaction(async (trx) => {
      if (!(await lockForImport(trx, batch.id))) return;
      await clearRecipients(trx, key);
      const result = await readSources(app, trx, batch, chunkSize, openFile, maxRecipients);
      if (result.kind !== 'read') throw new RollBack(result);
      await planChunks(trx, batch.id, result.accepted, chunkSize);
      await moveToReady(trx, batch.id, result);
    });
    return null;
  } catch (error) {
    if (error instanceof RollBack) return error.unfinished;
    throw error;
  }
}

/** Only a draft: what another reading has found meanwhile may have been started. */
async function moveToFailed(
  trx: Knex.Transaction,
  batchId: string,
  { code, detail }: Extract<ReadResult, { kind: 'unreadable' }>,
): Promise<void> {
  await moveBatch(trx, batchId, 'failed', { reason: code, reason_detail: detail }, ['importing']);
}

async function moveToReady(
  trx: Knex.Transaction,
  batchId: string,
  read: Extract<ReadResult, { kind: 'read' }>,
): Promise<void> {
  const countries = [...read.countries]
    .map(([country, count]) => ({ country, count }))
    .sort((a, b) => b.count - a.count);
  await moveBatch(trx, batchId, 'ready', {
    total_count: read.accepted,
    countries: JSON.stringify(countries),
  });
  await enqueueReview(trx, batchId);
}
