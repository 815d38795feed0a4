import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { insertRequest, lockOpenRequests, type NewRequest } from './long-requests.sql';

/** What becomes of a question that takes long to answer. */
export type OpenedRequest =
  /** The caller enqueues its job in this transaction, with the id. */
  | { kind: 'opened'; id: string }
  /** The same person has asked for the same, and it waits or runs. */
  | { kind: 'already_open'; id: string }
  /** The same, but somebody has stopped it, and it has not ended yet. */
  | { kind: 'stopping' }
  /** The person has so many open that no other is taken. */
  | { kind: 'too_many'; most: number };

/** Decides about a request under a lock of its person. */
export async function openLongRequest(trx: Knex.Transaction, wanted: NewRequest): Promise<OpenedRequest> {
  const open = await lockOpenRequests(trx, wanted);
  const same = open.find(({ subject }) => subject === wanted.subject);
  if (same) return same.stopAskedAt ? { kind: 'stopping' } : { kind: 'already_open', id: same.id };
  if (open.length >= wanted.most) return { kind: 'too_many', most: wanted.most };
  const id = randomUUID();
  await insertRequest(trx, { ...wanted, id });
  return { kind: 'opened', id };
}
