import type { Knex } from 'knex';
import { inSnapshot } from '../../db/in-snapshot';
import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import type { Review } from '../batch';
import { findForAct } from '../store/find-for-act';
import { countRejected, listRejectGroups } from '../store/rejected-rows';
import { listSources } from '../store/sources';
import { toReason } from './batch-summaries.sql';

/** Shown for each reason. */
const EXAMPLES = 3;

/**
 * What will happen when the draft is sent; during the import, its progress. Null where the workspace has no such
 * batch.
 */
export async function getReview(app: AppContext, actor: Actor, batchId: string): Promise<Review | null> {
  return inSnapshot(readsOf(app, actor), (db) => readReview(db, actor, batchId));
}

async function readReview(db: Knex, actor: Actor, batchId: string): Promise<Review | null> {
  const batch = await findForAct(db, actor, 'draft', batchId);
  if (!batch) return null;
  const rejected = await countRejected(db, batch.id);
  const rejectGroups = await listRejectGroups(db, batch.id, EXAMPLES);
  const sources = await listSources(db, batch.id);
  return {
    batchId: batch.id,
    status: batch.status,
    reason: toReason(batch),
    version: batch.version,
    content: batch.content,
    senderId: batch.sender_id,
    accepted: batch.total_count,
    rejected,
    rejectGroups,
    countries: batch.countries,
    progress: {
      readBytes: Number(batch.read_bytes),
      totalBytes: sources.reduce((sum, source) => sum + Number(source.size_bytes), 0),
      rows: batch.read_rows,
    },
    columnQuestions: batch.column_questions,
    entries: batch.entry_count,
    sources: sources.map(({ ordinal, name, choice, reading }) => ({
      source: ordinal,
      name,
      choice,
      reading,
    })),
  };
}
