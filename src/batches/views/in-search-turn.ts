import { createTurns, type Turns } from '../../db/turns';
import type { Actor } from '../../tenants/actor';
import type { AppContext } from '../app-context';

/** Of the five connections that people's questions have: the other two answer those who only look. */
const SEARCHES_AT_ONCE = 3;
/** One that runs, and one more from another window. */
const SEARCHES_A_PERSON = 2;

/** The places of this process for searches. */
export const createSearchTurns = (): Turns =>
  createTurns({ atOnce: SEARCHES_AT_ONCE, each: SEARCHES_A_PERSON });

/** Searches when there is a place. Throws TooManyAtOnce where the same person or key has two searches open. */
export function inSearchTurn<T>(app: AppContext, actor: Actor, search: () => Promise<T>): Promise<T> {
  switch (actor.kind) {
    case 'system':
    case 'operator':
      return search();
    case 'person':
      return app.searches.take(`person ${actor.userId}`, search);
    case 'api_key':
      return app.searches.take(`key ${actor.keyId}`, search);
  }
}
