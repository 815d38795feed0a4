import type { Person } from './person';

export type Act =
  | 'send'
  | 'view'
  | 'refresh'
  | 'details'
  | 'balance'
  | 'cancel'
  | 'export'
  | 'find'
  | 'report'
  | 'compare';

/**
 * Who may do what: members send and see; guests of a workspace only see the counts that stand in the
 * channel anyway; what somebody else has started is stopped by that person or by an admin.
 */
export function mayDo(
  person: Pick<Person, 'id' | 'role'>,
  act: Act,
  batch?: { sender: { userId: string } },
): boolean {
  if (person.role === 'guest') return act === 'view' || act === 'refresh';
  if (act === 'cancel') return person.role === 'admin' || batch?.sender.userId === person.id;
  return true;
}
