import type { Knex } from 'knex';
import { type Actor, authorise, mayDo } from '../../tenants/actor';
import { atPresent } from '../../tenants/at-present';
import type { AppContext } from '../app-context';
import { writeAudit } from '../store/audit';
import { authoriseReading } from '../store/find-for-act';
import { findRequest, type LongRequest, listOpenRequests, markStopped } from './long-requests.sql';

export type { LongRequest };

/** What is being made for people, oldest first: an admin sees everybody's, others their own. */
export async function listLongRequests(app: Pick<AppContext, 'db'>, actor: Actor): Promise<LongRequest[]> {
  const reader = await authoriseReading(app.db, actor, 'export');
  const { tenantId } = reader;
  const open = await listOpenRequests(app.db, tenantId);
  return open.filter(({ userId }) => mayDo(reader, 'control', { tenantId, ownerId: userId }));
}

/**
 * Stops an export or a comparison, whether it waits or runs; who asked for it, and admins, may. Its job notices within
 * seconds, deletes what it has made, and tells who asked. `not_found`: it has ended, or there was none in this workspace.
 */
export async function stopLongRequest(
  app: Pick<AppContext, 'db'>,
  actor: Actor,
  id: string,
): Promise<{ kind: 'stopping' | 'not_found' }> {
  const request = await findRequest(app.db, actor.tenantId, id);
  if (!request) return { kind: 'not_found' };
  await app.db.transaction(async (trx) => {
    const owned = { tenantId: actor.tenantId, ownerId: request.userId };
    authorise(await atPresent(trx, actor, 'held'), 'control', owned);
    await stopRequest(trx, actor, request);
  });
  return { kind: 'stopping' };
}

/** The same where the caller has decided that they may. Returns false where it has ended, or is being stopped already. */
export async function stopRequest(
  trx: Knex.Transaction,
  actor: Actor,
  { id, kind, batchId }: LongRequest,
): Promise<boolean> {
  if (!(await markStopped(trx, id, 'userId' in actor ? actor.userId : null))) return false;
  await writeAudit(trx, actor, { batchId, action: 'request.stop', detail: { kind } });
  return true;
}
