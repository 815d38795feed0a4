import type { Knex } from 'knex';
import { type Actor, authorise } from '../../tenants/actor';
import { atPresent } from '../../tenants/at-present';
import { lockPeople, markBlocked, markUnblocked } from '../../tenants/blocked-people';
import { listOpenRequests } from '../long-requests/long-requests.sql';
import { stopRequest } from '../long-requests/stop-long-request';
import { writeAudit } from '../store/audit';
import type { AdminContext } from './admin-context';
import { closeDraft } from './delete-draft';
import { countSending, listDraftIds } from './people-use.sql';

type BlockOutcome =
  /** `drafts` and `requests`: how many were deleted and stopped. `sending`: batches of theirs that go on. */
  | { kind: 'blocked'; drafts: number; requests: number; sending: number }
  | { kind: 'already_blocked' }
  /** Nobody blocks themselves: whoever blocks the last admin is an operator. */
  | { kind: 'oneself' }
  | { kind: 'not_found' };

/**
 * From the moment that this returns, the person may do and see nothing, with whatever identity a door has of them. Their
 * open drafts are deleted, and their exports and comparisons are stopped. What is being sent goes on: an admin may pause
 * it.
 */
export async function blockPerson(app: AdminContext, actor: Actor, userId: string): Promise<BlockOutcome> {
  return app.db.transaction(async (trx) => {
    if (!(await authoriseOver(trx, actor, userId))) return { kind: 'not_found' };
    const { tenantId } = actor;
    const by = userOf(actor);
    if (by === userId) return { kind: 'oneself' };
    if (!(await markBlocked(trx, { tenantId, id: userId }, by))) return { kind: 'already_blocked' };
    const drafts = await deleteDrafts(trx, actor, userId);
    const requests = await stopRequests(trx, actor, userId);
    const sending = await countSending(trx, tenantId, userId);
    const detail = { person: userId, drafts, requests, sending };
    await writeAudit(trx, actor, { batchId: null, action: 'person.block', detail });
    return { kind: 'blocked', drafts, requests, sending };
  });
}

/** The person may do again what their role says. What was deleted or stopped stays so. */
export async function unblockPerson(
  app: AdminContext,
  actor: Actor,
  userId: string,
): Promise<{ kind: 'unblocked' | 'not_blocked' }> {
  return app.db.transaction(async (trx) => {
    const { tenantId } = actor;
    if (!(await authoriseOver(trx, actor, userId))) return { kind: 'not_blocked' };
    if (!(await markUnblocked(trx, { tenantId, id: userId }))) return { kind: 'not_blocked' };
    const detail = { person: userId };
    await writeAudit(trx, actor, { batchId: null, action: 'person.unblock', detail });
    return { kind: 'unblocked' };
  });
}

/**
 * Decides while neither of the two can be blocked by somebody else. Returns false where the workspace has no such person.
 * Throws Forbidden.
 */
async function authoriseOver(trx: Knex.Transaction, actor: Actor, userId: string): Promise<boolean> {
  const by = userOf(actor);
  const locked = await lockPeople(trx, actor.tenantId, by === null ? [userId] : [userId, by]);
  authorise(await atPresent(trx, actor), 'administer');
  return locked.includes(userId);
}

const userOf = (actor: Actor) => ('userId' in actor ? actor.userId : null);

async function deleteDrafts(trx: Knex.Transaction, actor: Actor, userId: string): Promise<number> {
  let deleted = 0;
  for (const batchId of await listDraftIds(trx, actor.tenantId, userId))
    if (await closeDraft(trx, actor, batchId)) deleted += 1;
  return deleted;
}

async function stopRequests(trx: Knex.Transaction, actor: Actor, userId: string): Promise<number> {
  let stopped = 0;
  for (const request of await listOpenRequests(trx, actor.tenantId, userId))
    if (await stopRequest(trx, actor, request)) stopped += 1;
  return stopped;
}
