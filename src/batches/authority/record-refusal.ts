import type { Actor, Forbidden } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { writeAuditSparingly } from '../store/audit';

/**
 * Records that somebody was refused something, and on which batch of their workspace: once a minute, however often they
 * try. A door calls it where it turns the refusal into words.
 */
export async function recordRefusal(
  { db }: Pick<AppContext, 'db'>,
  actor: Actor,
  { act, batchId, why }: Forbidden,
): Promise<void> {
  await writeAuditSparingly(db, actor, { batchId, action: 'refused', detail: { act, why } });
}

/** The same where somebody who is blocked wants anything at all. */
export async function recordBlocked({ db }: Pick<AppContext, 'db'>, actor: Actor): Promise<void> {
  await writeAuditSparingly(db, actor, { batchId: null, action: 'refused', detail: { why: 'blocked' } });
}
