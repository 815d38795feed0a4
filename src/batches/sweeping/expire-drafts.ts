import { system } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { enqueueReview } from '../enqueue-jobs';
import { OPEN_DRAFT } from '../importing/open-drafts.sql';
import { writeAudit } from '../store/audit';
import { moveBatch } from '../store/move-batch';
import { forgetListSamples } from '../store/sources';
import {
  deleteFromUnsentList,
  type IdleDraft,
  listIdleDrafts,
  listUnsentLists,
  lockIdleDraft,
} from './drafts.sql';

/** Drafts that one sweep lets expire, and lists that it deletes from; the next sweep goes on. */
const DRAFTS_A_SWEEP = 100;
/** Rows that one sweep deletes: sixty lists of 60,000 are gone in ten minutes, and no sweep takes long. */
const ROWS_A_SWEEP = 100_000;
/** Rows that one transaction deletes: locks and dead rows stay few. */
const ROWS_AT_ONCE = 10_000;
/** Whoever has left a draft for longer than this many times its life, such as before an upgrade, is told nothing of it. */
const LIVES_TO_TELL = 2;

/** A draft on which nobody has acted for long is discarded, and its writer is told. */
export async function expireDrafts(app: AppContext): Promise<void> {
  for (const draft of await listIdleDrafts(app.db, app.settings.draftExpiryMs, DRAFTS_A_SWEEP)) {
    await expire(app, draft);
  }
}

async function expire({ db, settings }: AppContext, draft: IdleDraft): Promise<void> {
  const { id: batchId, tenant_id: tenantId, idle_ms: idleMs } = draft;
  await db.transaction(async (trx) => {
    if (!(await lockIdleDraft(trx, batchId, settings.draftExpiryMs))) return;
    await moveBatch(trx, batchId, 'cancelled', { reason: 'expired' }, OPEN_DRAFT);
    await forgetListSamples(trx, batchId);
    const detail = { idleHours: Math.round(idleMs / 3_600_000) };
    await writeAudit(trx, system(tenantId), { batchId, action: 'batch.expire', detail });
    if (idleMs < LIVES_TO_TELL * settings.draftExpiryMs) await enqueueReview(trx, batchId);
  });
}

/** The lists of drafts that were discarded or have expired are deleted, `rows` of them a sweep. */
export async function deleteUnsentLists(
  { db }: AppContext,
  rows = ROWS_A_SWEEP,
  atOnce = ROWS_AT_ONCE,
): Promise<void> {
  let left = rows;
  for (const batchId of await listUnsentLists(db, DRAFTS_A_SWEEP)) {
    for (let isMore = true; isMore && left > 0; ) {
      const most = Math.min(left, atOnce);
      const deleted = (await deleteFromUnsentList(db, batchId, most)) ?? 0;
      left -= deleted;
      isMore = deleted === most;
    }
    if (left <= 0) return;
  }
}
