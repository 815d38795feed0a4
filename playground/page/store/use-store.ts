import { create } from 'zustand';
import { firstState, type State } from './app-state';
import { keepPreferences } from './preferences';

/** The one store of the page. As a hook it selects a part of the state: the component is drawn again when that changes. */
export const useStore = create<State>(firstState);

useStore.subscribe(({ preferences }, before) => {
  if (preferences !== before.preferences) keepPreferences(preferences);
});
