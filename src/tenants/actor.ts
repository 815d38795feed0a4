import type { Person } from './person';

/** Who acts. Every verb that somebody can cause takes one first, and decides by it. */
export type Actor = PersonActor | ApiKeyActor | SystemActor | OperatorActor;

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
export interface SystemActor {
  kind: 'system';
  tenantId: string;
}

/** Who runs the bot, with `npm run manage` on its machine. */
interface OperatorActor {
  kind: 'operator';
  tenantId: string;
}

export const operator = (tenantId: string): OperatorActor => ({ kind: 'operator', tenantId });

export const system = (tenantId: string): SystemActor => ({ kind: 'system', tenantId });

/**
 * What somebody can do:
 * - `draft`: read, change or discard a draft that is there; `send`: make one, and start it;
 * - `control`: pause, resume, cancel, send again, decide about uncertain recipients;
 * - `administer`: see who uses how much, delete a draft of somebody, block and unblock a person;
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
  'administer',
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
  /** For the audit of a refusal. */
  batchId?: string;
  tenantId: string;
  ownerId: string;
}

/** Whether somebody may do this. `batch`: where the act is one on a batch. */
export function mayDo(actor: Actor, act: Act, batch?: Owned): boolean {
  if (batch && batch.tenantId !== actor.tenantId) return false;
  switch (actor.kind) {
    case 'system':
    case 'operator':
      return true;
    case 'api_key':
      // What an admin does to people is a person's to decide.
      if (act === 'administer') return false;
      return actor.acts.includes(act) && (!isOwners(act, batch) || batch.ownerId === actor.userId);
    case 'person':
      if (actor.role === 'blocked') return false;
      if (actor.role === 'guest') return GUESTS_ACTS.includes(act);
      if (act === 'administer') return actor.role === 'admin';
      if (!isOwners(act, batch) || batch.ownerId === actor.userId) return true;
      return actor.role === 'admin' && !WRITERS_ACTS.includes(act);
  }
}

const isOwners = (act: Act, batch: Owned | undefined): batch is Owned =>
  OWNERS_ACTS.includes(act) && batch !== undefined;

/** Throws Forbidden unless they may. */
export function authorise(actor: Actor, act: Act, batch?: Owned): void {
  if (mayDo(actor, act, batch)) return;
  const batchId = batch?.batchId ?? null;
  if (actor.kind === 'person' && actor.role === 'blocked')
    throw new Forbidden(act, { batchId, why: 'blocked' });
  const ownerId = isOwners(act, batch) ? batch.ownerId : null;
  throw new Forbidden(act, { ownerId, batchId });
}

/**
 * Somebody may not do this. A door turns it into words. `batchId`: where it was to be done to a batch of their workspace.
 * `why`: their role, that they are not among those to whom the batch is shown, or that an admin has blocked them.
 */
export class Forbidden extends Error {
  readonly code = 'forbidden';
  /** Who may; null where it is not the act of an owner. */
  readonly ownerId: string | null;
  readonly batchId: string | null;
  readonly why: 'role' | 'sight' | 'blocked';
  constructor(
    readonly act: Act,
    more: Partial<Pick<Forbidden, 'ownerId' | 'batchId' | 'why'>> = {},
  ) {
    super(`not allowed: ${act}`);
    this.ownerId = more.ownerId ?? null;
    this.batchId = more.batchId ?? null;
    this.why = more.why ?? 'role';
    this.name = 'Forbidden';
  }
}
