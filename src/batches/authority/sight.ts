import { type Act, type Actor, Forbidden } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import type { Sight } from '../batch';
import type { BatchRow } from '../store/batches';

/** What the decision needs of a batch. */
type Owned = Pick<BatchRow, 'id' | 'tenant_id' | 'user_id'>;
/** A decision asks nobody but those who know who reads where a batch is shown. */
type Audiences = Pick<AppContext, 'audiences'>;

/** Acts that show texts or numbers: a key that was made for one of them may read. */
const READING: readonly Act[] = ['details', 'export', 'find', 'draft'];
const COUNTING: readonly Act[] = ['view', 'refresh'];

/**
 * What somebody may know of each of these batches, in the same order. Whoever sent a batch and admins may know all of it,
 * guests its counts, and a key what it was made for. For all others the membership of the batch's channel decides: who
 * is no member, or of whom nobody can say so, may know the counts.
 */
export async function sightsOf(app: Audiences, batches: Owned[], actor: Actor): Promise<Sight[]> {
  const decided = batches.map((batch) => decide(actor, batch));
  const open = batches.filter((_, index) => decided[index] === 'by_membership');
  if (open.length === 0 || actor.kind !== 'person') return decided.map((one) => one as Sight);
  const members = await askAudiences(
    app,
    actor,
    open.map(({ id }) => id),
  );
  return decided.map((one, index) => {
    if (one !== 'by_membership') return one;
    return members.has(batches[index]?.id ?? '') ? 'all' : 'counts';
  });
}

/** The same for one batch. */
export async function sightOf(app: Audiences, batch: Owned, actor: Actor): Promise<Sight> {
  const [sight] = await sightsOf(app, [batch], actor);
  return sight ?? 'nothing';
}

/** Throws Forbidden unless they may read this batch. */
export async function requireSight(app: Audiences, batch: Owned, actor: Actor, act: Act): Promise<void> {
  if ((await sightOf(app, batch, actor)) !== 'all')
    throw new Forbidden(act, { batchId: batch.id, why: 'sight' });
}

function decide(actor: Actor, batch: Owned): Sight | 'by_membership' {
  if (batch.tenant_id !== actor.tenantId) return 'nothing';
  switch (actor.kind) {
    case 'system':
      return 'all';
    case 'operator':
      return 'counts';
    case 'api_key':
      if (actor.acts.some((act) => READING.includes(act))) return 'all';
      return actor.acts.some((act) => COUNTING.includes(act)) ? 'counts' : 'nothing';
    case 'person':
      if (actor.role === 'blocked') return 'nothing';
      if (actor.role === 'guest') return 'counts';
      return actor.role === 'admin' || batch.user_id === actor.userId ? 'all' : 'by_membership';
  }
}

/** Those of the batches whose channel the person is in. */
async function askAudiences(
  { audiences }: Audiences,
  { tenantId, userId }: { tenantId: string; userId: string },
  batchIds: string[],
): Promise<Set<string>> {
  const answers = await Promise.all(
    Object.values(audiences).map((ask) => ask({ tenantId, userId, batchIds })),
  );
  const members = answers.flatMap((answer) => [...answer].filter(([, is]) => is === 'member'));
  return new Set(members.map(([id]) => id));
}
