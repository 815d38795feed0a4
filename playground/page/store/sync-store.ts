import { type Answer, ask } from '../api/ask-demo';
import type { BukaFaults, SlackFaults } from '../api/faults';
import { faultOrders } from '../api/set-faults';
import { stream } from '../api/stream';
import type { BukaState, Change, DemoState, PageState, TrafficEntry } from '../api/wire';
import { addTraffic, type Loaded, openRoute, putLoaded, setLink, TRAFFIC_SHOWN } from './change-state';
import { coalesce } from './coalesce';
import { readRoute } from './route';
import { useStore } from './use-store';

const SLACK_PAUSE_MS = 30;
const BUKA_PAUSE_MS = 250;
const DEMO_EVERY_MS = 2_000;

/**
 * Keeps the store up to date. The servers own the state: an event only makes the page load it again.
 * Only traffic is taken from the events themselves.
 */
export function listen(): void {
  const load = loaders();
  stream('/playground/events', {
    open: () => {
      load.page();
      load.slackFaults();
      load.traffic();
      setLink('live');
    },
    lost: () => setLink('lost'),
    message: (data) => takeChange(load, JSON.parse(data) as Change),
  });
  stream('/buka/events', {
    open: () => load.buka(),
    message: () => load.buka(),
  });
  setInterval(load.demo, DEMO_EVERY_MS);
  load.demo();
  window.addEventListener('hashchange', () => openRoute(readRoute(location.hash)));
  reloadForEachPerson(load.page);
}

type Loaders = ReturnType<typeof loaders>;

function loaders() {
  const loader = <T>(path: string, pauseMs: number, pick: (body: T) => Loaded, orders = () => 0) =>
    coalesce(async () => {
      let answer: Answer<T>;
      let before: number;
      // If a switch was used meanwhile, this answer may be out of date: the switch would flicker.
      do {
        before = orders();
        answer = await ask<T>(path);
      } while (orders() !== before);
      if (answer.kind === 'answered') putLoaded(pick(answer.body));
    }, pauseMs);
  const bukaState = loader<BukaState>('/buka/state', BUKA_PAUSE_MS, (buka) => ({ buka }));
  const bukaFaults = loader<BukaFaults>(
    '/buka/faults',
    BUKA_PAUSE_MS,
    (bukaFaults) => ({ bukaFaults }),
    faultOrders,
  );
  return {
    page: coalesce(async () => {
      const { userId } = useStore.getState();
      const answer = await ask<PageState>(`/playground/state?user=${encodeURIComponent(userId)}`);
      const isStale = useStore.getState().userId !== userId;
      if (answer.kind !== 'answered' || isStale) return;
      putLoaded({ page: answer.body });
    }, SLACK_PAUSE_MS),
    traffic: loader<{ entries: TrafficEntry[] }>('/playground/traffic', SLACK_PAUSE_MS, ({ entries }) => ({
      traffic: entries.slice(-TRAFFIC_SHOWN).reverse(),
    })),
    slackFaults: loader<SlackFaults>(
      '/playground/faults',
      SLACK_PAUSE_MS,
      (slackFaults) => ({ slackFaults }),
      faultOrders,
    ),
    buka: () => {
      bukaState();
      bukaFaults();
    },
    demo: loader<DemoState>('/demo/state', 0, (demo) => ({ demo })),
  };
}

function takeChange(load: Loaders, change: Change): void {
  if (change.type === 'traffic') addTraffic(change.entry);
  else if (change.type === 'faults') load.slackFaults();
  else if (!('user' in change) || change.user === useStore.getState().userId) load.page();
}

function reloadForEachPerson(reload: () => void): void {
  useStore.subscribe(({ userId }, before) => {
    if (userId !== before.userId) reload();
  });
}
