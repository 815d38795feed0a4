import type { Knex } from 'knex';
import { DONE, type JobResult, waitForTurn } from '../../queue/job-result';
import { NumberSet } from '../../recipients/numbers/number-set';
import type { Layout } from '../../recipients/recipient';
import type { AppContext } from '../app-context';
import { enqueueReview } from '../enqueue-jobs';
import { addBatchAccounts } from '../store/batch-accounts';
import { type BatchRow, findBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';
import { planChunks } from '../store/submissions';
import { chooseAccounts, createChunkPlan, longestTextOf } from './choose-accounts';
import { clearRecipients, lockForImport, takeTurn } from './copy-recipients.sql';
import { setColumnQuestions } from './import-progress.sql';
import { type Known, MAX_RECIPIENTS, type ReadBounds, type ReadResult, readSources } from './read-sources';

/** The longest reading of a list, all its files and readings: far longer than a million rows take on a slow machine. */
const READ_WITHIN_MS = 900_000;
/** Another list of the person is being read. */
const ASK_FOR_TURN_AGAIN_MS = 1_000;

/**
 * Imports the recipients from a draft's sources, in one transaction: a crash leaves nothing half imported, and the
 * next try starts again from nothing. Afterwards the batch is `ready`, or `failed`, or waits for a person to name the
 * column of the numbers. In each case the review is shown. While another list of the same person is being read, nothing is
 * done, and the job asks again in a second.
 */
export async function importRecipients(
  app: AppContext,
  batchId: string,
  maxRecipients = MAX_RECIPIENTS,
  withinMs = READ_WITHIN_MS,
): Promise<JobResult> {
  const batch = await findBatch(app.db, batchId);
  if (batch?.status !== 'importing' || batch.column_questions.length > 0) return DONE;
  const unfinished = await copyAll(app, batch, { maxRecipients, endAt: performance.now() + withinMs });
  if (!unfinished) return DONE;
  if (unfinished.kind === 'not_yet') return waitForTurn(ASK_FOR_TURN_AGAIN_MS);
  await app.db.transaction(async (trx) => {
    // Another process may have read the list since this one let go of it, and a person may have sent it.
    if (!(await lockForImport(trx, batchId))) return;
    // What an earlier reading has stored, before a person changed something.
    await clearRecipients(trx, batchId);
    if (unfinished.kind === 'column_in_doubt') await setColumnQuestions(trx, batchId, unfinished.questions);
    else await moveToFailed(trx, batchId, unfinished);
    await enqueueReview(trx, batchId);
  });
  return DONE;
}

type Unfinished = Exclude<ReadResult, { kind: 'read' }> | { kind: 'not_yet' };
/** Why there is nothing to send yet. */
type Unread = Exclude<Unfinished, { kind: 'refuted' }>;

/**
 * The first rows suggest how a source is to be read, and all rows may say otherwise: its column, then that numbers are
 * rounded, then that somebody who was accepted says no further down. Then the list is read again.
 */
const MAX_READINGS = 5;

async function copyAll(app: AppContext, batch: BatchRow, bounds: ReadBounds): Promise<Unread | null> {
  const layouts = new Map<number, Layout>();
  let noConsent = new NumberSet();
  for (let reading = 1; reading <= MAX_READINGS; reading += 1) {
    const result = await copyOnce(app, batch, { layouts, noConsent }, bounds);
    if (result?.kind !== 'refuted') return result;
    for (const [source, layout] of result.layouts) {
      // Of another column, other people say no.
      if (layouts.get(source)?.phoneColumn !== layout.phoneColumn) noConsent = new NumberSet();
      layouts.set(source, layout);
    }
  }
  throw new Error(`The list of batch ${batch.id} was read ${MAX_READINGS} times, and is never as it seems.`);
}

class RolledBack extends Error {
  constructor(readonly unfinished: Unfinished) {
    super(unfinished.kind);
  }
}

/** Keeps the copied rows only if all sources were read. Else returns why they were not. */
async function copyOnce(
  app: AppContext,
  batch: BatchRow,
  known: Known,
  bounds: ReadBounds,
): Promise<Unfinished | null> {
  try {
    await app.db.transaction(async (trx) => {
      if (!(await lockForImport(trx, batch.id))) return;
      if (!(await takeTurn(trx, batch.user_id))) throw new RolledBack({ kind: 'not_yet' });
      await clearRecipients(trx, batch.id);
      const choice = await chooseAccounts(trx, batch);
      if (!choice) throw new RolledBack({ kind: 'unreadable', code: 'account', detail: 'no_account' });
      const plan = createChunkPlan(app, choice);
      const result = await readSources(app, trx, batch, plan.place, known, bounds);
      if (result.kind !== 'read') throw new RolledBack(result);
      const longestText = longestTextOf(app, plan.providers());
      if (batch.content.length > longestText) {
        throw new RolledBack({ kind: 'unreadable', code: 'text_too_long', detail: `max ${longestText}` });
      }
      await addBatchAccounts(trx, batch.id, [...new Set(plan.chunks.map((chunk) => chunk.accountId))]);
      await planChunks(trx, batch.id, plan.chunks);
      await moveToReady(trx, batch.id, result);
    });
    return null;
  } catch (error) {
    if (error instanceof RolledBack) return error.unfinished;
    throw error;
  }
}

/** Only from `importing`: another import may have ended in between, and the batch may have been started. */
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
    entry_count: read.accepted + read.rejected,
    rejected_count: read.rejected,
    countries: JSON.stringify(countries),
  });
  await enqueueReview(trx, batchId);
}
