import type { Knex } from 'knex';
import type { Actor } from './actor';
import { getPresentRole } from './person';

/**
 * Somebody with the rights of this moment: roles are taken away and people are blocked after a door has identified them.
 * A key of somebody who is blocked is good for nothing. `held`: the rights stay so until the transaction ends.
 */
export async function atPresent<A extends Actor>(
  db: Knex,
  actor: A,
  held: 'held' | 'seen' = 'seen',
): Promise<A> {
  if (actor.kind === 'person') return { ...actor, role: await getPresentRole(db, actor, held) };
  if (actor.kind !== 'api_key') return actor;
  const role = await getPresentRole(db, { userId: actor.userId, role: 'admin' }, held);
  return role === 'blocked' ? { ...actor, acts: [] } : actor;
}
