import type { Person } from './person';

/** Who acts. Every verb that somebody can cause takes one first, and decides by it. */
export type Actor = PersonActor | ApiKeyActor | SystemActor;

/** A person who was identified by a door. */
export interface PersonActor {
  kind: 'person';
  tenantId: string;
  userId: string;
  role: Person['role'];
}

/** A program. It acts for the person who made its key, within the acts that the key was made for. */
export interface ApiKeyActor {
  kind: 'api_key';
  tenantId: string;
  keyId: string;
  userId: string;
  acts: readonly Act[];
}

/** The product itself, in a job of this workspace. */
interface SystemActor {
  kind: 'system';
  tenantId: string;
}

export const system = (tenantId: string): SystemActor => ({ kind: 'system', tenantId });

/**
 * What somebody can do:
 * - `draft`: read, change or discard a draft that is there; `send`: make one, and start it;
 * - `control`: pause, resume, cancel, send again, decide about uncertain recipients;
 * - the others: look.
 */
export const ACTS = [
  'send',
  'draft',
  'control',
  'view',
  'refresh',
  'details',
  'balance',
  'export',
  'find',
  'usageReport',
  'compare',
] as const;
export type Act = (typeof ACTS)[number];

/** Acts on a batch that only its owner may do. */
const WRITERS_ACTS: readonly Act[] = ['draft'];
/** Acts on a batch that only its owner and admins may do. */
const OWNERS_ACTS: readonly Act[] = [...WRITERS_ACTS, 'control'];
/** The counts of a batch, which its channel shows anyway. */
const GUESTS_ACTS: readonly Act[] = ['view', 'refresh'];

/** What the decision about an act on a batch needs. */
interface Owned {
  tenantId: string;
  ownerId: string;
}

/** Whether somebody may do this. `batch`: where the act is one on a batch. */
export function mayDo(actor: Actor, act: Act, batch?: Owned): boolean {
  if (batch && batch.tenantId !== actor.tenantId) return false;
  switch (actor.kind) {
    case 'system':
      return true;
    case 'api_key':
      return actor.acts.includes(act) && (!isOwners(act, batch) || batch.ownerId === actor.userId);
    case 'person':
      if (actor.role === 'guest') return GUESTS_ACTS.includes(act);
      if (!isOwners(act, batch) || batch.ownerId === actor.userId) return true;
      return actor.role === 'admin' && !WRITERS_ACTS.includes(act);
  }
}

const isOwners = (act: Act, batch: Owned | undefined): batch is Owned =>
  OWNERS_ACTS.includes(act) && batch !== undefined;

/** Throws Forbidden unless they may. */
export function authorise(actor: Actor, act: Act, batch?: Owned): void {
  if (!mayDo(actor, act, batch)) throw new Forbidden(act, isOwners(act, batch) ? batch.ownerId : null);
}

/** Somebody may not do this. A door turns it into words. */
export class Forbidden extends Error {
  readonly code = 'forbidden';
  /** `ownerId`: who may; null where it is not the act of an owner. */
  constructor(
    readonly act: Act,
    readonly ownerId: string | null = null,
  ) {
    super(`not allowed: ${act}`);
    this.name = 'Forbidden';
  }
}
