import type { Person } from './person';

/** What a person can ask of the bot. */
export type Permission =
  | 'send'
  | 'view'
  | 'refresh'
  | 'details'
  | 'balance'
  | 'cancel'
  | 'export'
  | 'find'
  | 'usageReport'
  | 'compare';

/**
 * Whether a person may do this. Members may send and see everything. Guests see only the counts, which the
 * channel shows anyway. `cancel` (any control of a batch) is for the batch's sender and for admins; it needs
 * `batch`.
 */
export function mayDo(
  person: Pick<Person, 'id' | 'role'>,
  permission: Permission,
  batch?: { sender: { userId: string } },
): boolean {
  if (person.role === 'guest') return permission === 'view' || permission === 'refresh';
  if (permission === 'cancel') return person.role === 'admin' || batch?.sender.userId === person.id;
  return true;
}
