import type { TrafficEntry } from '../api/wire';
import { keepSame } from './keep-same';
import type { Place } from './place';
import type { Preferences } from './preferences';
import type { DrawerTab, State } from './state';

/** What the demo told, as it lies in the state. */
export type Heard = Partial<
  Pick<State, 'page' | 'traffic' | 'slackWeather' | 'buka' | 'bukaWeather' | 'demo'>
>;

export type Action =
  | { type: 'link'; link: State['link'] }
  | { type: 'heard'; heard: Heard }
  | { type: 'exchanged'; entry: TrafficEntry }
  | { type: 'traffic_cleared' }
  | { type: 'person'; userId: string }
  | { type: 'place'; place: Place }
  | { type: 'tab'; tab: DrawerTab }
  | { type: 'notice'; text: string | null }
  | { type: 'prefer'; preferences: Partial<Preferences> };

/** How many exchanges the page keeps: enough to read back a whole send. */
export const TRAFFIC_SHOWN = 200;

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'link':
      return { ...state, link: action.link };
    case 'heard':
      return keepSame(state, { ...state, ...action.heard });
    case 'exchanged':
      return { ...state, traffic: [action.entry, ...state.traffic].slice(0, TRAFFIC_SHOWN) };
    case 'traffic_cleared':
      return { ...state, traffic: [] };
    case 'person':
      return { ...state, userId: action.userId, page: null };
    case 'place':
      return { ...state, place: action.place };
    case 'tab':
      return { ...state, tab: action.tab, preferences: { ...state.preferences, drawer: true } };
    case 'notice':
      return {
        ...state,
        notice: action.text === null ? null : { id: (state.notice?.id ?? 0) + 1, text: action.text },
      };
    case 'prefer':
      return { ...state, preferences: { ...state.preferences, ...action.preferences } };
  }
}
