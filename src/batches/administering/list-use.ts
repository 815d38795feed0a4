import type { Actor } from '../../tenants/actor';
import { type BlockedPerson, listBlocked } from '../../tenants/blocked-people';
import { readsOf } from '../app-context';
import { authoriseReading } from '../store/find-for-act';
import type { AdminContext } from './admin-context';
import { type AnyDraft, listAnyDrafts, listCosts, listUse, type UseRow } from './people-use.sql';

export type { AnyDraft, BlockedPerson };

export interface PersonUse extends UseRow {
  /** Of the batches that were started in these days, a currency each. `cost` is a decimal string. */
  costs: { currency: string; cost: string }[];
}

/** Who has used how much in the last days and has what open now, the most first, at most `limit`: counts, no texts. */
export async function listPeopleUse(
  app: AdminContext,
  actor: Actor,
  { days, limit }: { days: number; limit: number },
): Promise<PersonUse[]> {
  const db = readsOf(app, actor);
  const { tenantId } = await authoriseReading(db, actor, 'administer');
  const people = await listUse(db, { tenantId, days, limit });
  const costs = await listCosts(db, { tenantId, days, userIds: people.map(({ userId }) => userId) });
  return people.map((one) => ({
    ...one,
    costs: costs
      .filter(({ userId }) => userId === one.userId)
      .map(({ currency, cost }) => ({ currency, cost })),
  }));
}

/** Everybody's open drafts, oldest first, at most `limit`: who and how large, and nothing of what is in them. */
export async function listDraftsOfAll(app: AdminContext, actor: Actor, limit: number): Promise<AnyDraft[]> {
  const db = readsOf(app, actor);
  const { tenantId } = await authoriseReading(db, actor, 'administer');
  return listAnyDrafts(db, tenantId, limit);
}

/** Who is blocked, the latest first, at most `limit`. */
export async function listBlockedPeople(
  app: AdminContext,
  actor: Actor,
  limit: number,
): Promise<BlockedPerson[]> {
  const db = readsOf(app, actor);
  const { tenantId } = await authoriseReading(db, actor, 'administer');
  return listBlocked(db, tenantId, limit);
}
