import { type Actor, authorise, mayDo } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { writeAudit } from '../store/audit';
import { findRequest, type LongRequest, listOpenRequests, markStopped } from './long-requests.sql';

export type { LongRequest };

/** What is being made for people, oldest first: an admin sees everybody's, others their own. */
export async function listLongRequests(app: AppContext, actor: Actor): Promise<LongRequest[]> {
  authorise(actor, 'export');
  const open = await listOpenRequests(app.db, actor.tenantId);
  return open.filter(({ userId }) => mayDo(actor, 'control', { tenantId: actor.tenantId, ownerId: userId }));
}

/**
 * Stops an export or a comparison, whether it waits or runs; who asked for it, and admins, may. Its job notices within
 * seconds, deletes what it has made, and tells who asked. `not_found`: it has ended, or there was none in this workspace.
 */
export async function stopLongRequest(
  app: AppContext,
  actor: Actor,
  id: string,
): Promise<{ kind: 'stopping' | 'not_found' }> {
  const request = await findRequest(app.db, actor.tenantId, id);
  if (!request) return { kind: 'not_found' };
  authorise(actor, 'control', { tenantId: actor.tenantId, ownerId: request.userId });
  await app.db.transaction(async (trx) => {
    if (!(await markStopped(trx, id, 'userId' in actor ? actor.userId : null))) return;
    const { kind, batchId } = request;
    await writeAudit(trx, actor, { batchId, action: 'request.stop', detail: { kind } });
  });
  return { kind: 'stopping' };
}
