import type { TrafficEntry } from '../api/wire';
import type { DrawerTab, State } from './app-state';
import { keepSame } from './keep-same';
import type { Preferences } from './preferences';
import { useStore } from './use-store';

const { setState } = useStore;

/** The parts of the state that come from the demo. */
export type Loaded = Partial<
  Pick<State, 'page' | 'traffic' | 'slackFaults' | 'buka' | 'bukaFaults' | 'demo'>
>;

/** How many requests the page keeps: enough to read back a whole send. */
export const TRAFFIC_SHOWN = 200;

export const putLoaded = (loaded: Loaded) => setState((state) => keepSame(state, { ...state, ...loaded }));

export const setLink = (link: State['link']) => setState({ link });

export const addTraffic = (entry: TrafficEntry) =>
  setState(({ traffic }) => ({ traffic: [entry, ...traffic].slice(0, TRAFFIC_SHOWN) }));

export const clearTraffic = () => setState({ traffic: [] });

/** What the other person sees is loaded afterwards. */
export const becomePerson = (userId: string) => setState({ userId, page: null });

export const openRoute = (route: State['route']) => setState({ route });

/** Opens the drawer too. */
export const openTab = (tab: DrawerTab) =>
  setState(({ preferences }) => ({ tab, preferences: { ...preferences, drawer: true } }));

/** Replaces the notice before it. */
export const showNotice = (text: string) =>
  setState(({ notice }) => ({ notice: { id: (notice?.id ?? 0) + 1, text } }));

export const clearNotice = () => setState({ notice: null });

export const prefer = (change: Partial<Preferences>) =>
  setState(({ preferences }) => ({ preferences: { ...preferences, ...change } }));
