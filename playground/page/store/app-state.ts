import type { BukaFaults, SlackFaults } from '../api/faults';
import type { BukaState, DemoState, PageState, TrafficEntry } from '../api/wire';
import { type Preferences, readPreferences } from './preferences';
import { type Route, readRoute } from './route';

export const DRAWER_TABS = ['traffic', 'faults', 'phones', 'ledger', 'bot', 'balance'] as const;
export type DrawerTab = (typeof DRAWER_TABS)[number];

/** A line that the client itself shows to the person, such as "/sms failed". */
interface Notice {
  id: number;
  text: string;
}

/** Everything that the page shows. What comes from the demo is kept as it was sent. */
export interface State {
  link: 'connecting' | 'live' | 'lost';
  userId: string;
  page: PageState | null;
  /** Newest first. */
  traffic: TrafficEntry[];
  slackFaults: SlackFaults | null;
  buka: BukaState | null;
  bukaFaults: BukaFaults | null;
  demo: DemoState | null;
  route: Route;
  tab: DrawerTab;
  notice: Notice | null;
  preferences: Preferences;
}

/** The first person of the local workspace, until another one is chosen. */
const FIRST_PERSON = 'U0ANNA0001';

export function firstState(): State {
  return {
    link: 'connecting',
    userId: new URLSearchParams(location.search).get('as') ?? FIRST_PERSON,
    page: null,
    traffic: [],
    slackFaults: null,
    buka: null,
    bukaFaults: null,
    demo: null,
    route: readRoute(location.hash),
    tab: 'traffic',
    notice: null,
    preferences: readPreferences(),
  };
}
