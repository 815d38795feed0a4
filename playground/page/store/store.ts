import { useSyncExternalStore } from 'react';
import { keepPreferences } from './preferences';
import { type Action, reduce } from './reduce';
import { firstState, type State } from './state';

export interface Store {
  get(): State;
  dispatch(action: Action): void;
  /** Returns the undo. */
  subscribe(listener: () => void): () => void;
}

function createStore(first: State): Store {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch(action) {
      const before = state;
      state = reduce(state, action);
      if (state.preferences !== before.preferences) keepPreferences(state.preferences);
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The one store of the page. */
export const store = createStore(firstState());

export const { dispatch } = store;

/** A part of the state; the component is drawn again when that part changes. */
export function useStore<T>(select: (state: State) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
