import type { Knex } from 'knex';

/** Who may do and see nothing in this bot, because an admin or an operator has said so. */
export interface BlockedPerson {
  id: string;
  slackUserId: string;
  blockedAt: Date;
  /** The Slack id of the admin; null where an operator did. */
  blockedBy: string | null;
}

/**
 * Locks these people of a workspace until the transaction ends, always in the same order, so that two admins who block each
 * other at once wait and do not fail. An act of theirs that has begun ends first. Returns those that are there: an
 * id from outside may be any text.
 */
export async function lockPeople(trx: Knex.Transaction, tenantId: string, ids: string[]): Promise<string[]> {
  const possible = ids.filter((id) => /^\d{1,18}$/.test(id));
  const query = trx('app_user').where({ tenant_id: tenantId }).whereIn('id', possible);
  return query.orderBy('id').forNoKeyUpdate().pluck('id');
}

/** `by`: the admin; null: an operator. Returns false where the person is blocked already, or is none of the workspace. */
export async function markBlocked(
  trx: Knex.Transaction,
  person: { tenantId: string; id: string },
  by: string | null,
): Promise<boolean> {
  const marked = await trx('app_user')
    .where({ tenant_id: person.tenantId, id: person.id, blocked_at: null })
    .update({ blocked_at: trx.fn.now(), blocked_by: by });
  return marked === 1;
}

/** Returns false where the person was not blocked. */
export async function markUnblocked(
  trx: Knex.Transaction,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<boolean> {
  const marked = await trx('app_user')
    .where({ tenant_id: tenantId, id })
    .whereNotNull('blocked_at')
    .update({ blocked_at: null, blocked_by: null });
  return marked === 1;
}

/** Blocked last first, at most `limit`. */
export async function listBlocked(db: Knex, tenantId: string, limit: number): Promise<BlockedPerson[]> {
  return db('app_user as person')
    .leftJoin('app_user as admin', 'admin.id', 'person.blocked_by')
    .where('person.tenant_id', tenantId)
    .whereNotNull('person.blocked_at')
    .orderBy('person.blocked_at', 'desc')
    .limit(limit)
    .select({
      id: 'person.id',
      slackUserId: 'person.external_id',
      blockedAt: 'person.blocked_at',
      blockedBy: 'admin.external_id',
    });
}
