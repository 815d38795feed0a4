import type { AppContext } from '../app-context';
import type { Answer } from './provider-client';

interface Shared {
  answer: Promise<Answer<unknown>>;
  /** By `performance.now`; infinity while it is being asked. */
  freshUntil: number;
}

const sharedOf = new WeakMap<AppContext, Map<string, Shared>>();

/**
 * Asks, or gives the answer to the same question (`key`) that is being asked in this process, or was answered less than
 * `freshMs` ago: however many people ask at once, the provider is asked once. What was not answered is asked anew.
 */
export function shareAnswer<T>(
  app: AppContext,
  key: string,
  freshMs: number,
  ask: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const shared = sharedOf.get(app) ?? new Map<string, Shared>();
  sharedOf.set(app, shared);
  for (const [other, { freshUntil }] of shared) if (freshUntil <= performance.now()) shared.delete(other);
  const known = shared.get(key);
  if (known) return known.answer as Promise<Answer<T>>;
  const answer = ask();
  const one: Shared = { answer, freshUntil: Number.POSITIVE_INFINITY };
  shared.set(key, one);
  answer.then(
    ({ kind }) => {
      one.freshUntil = kind === 'answered' ? performance.now() + freshMs : 0;
    },
    () => {
      one.freshUntil = 0;
    },
  );
  return answer;
}
