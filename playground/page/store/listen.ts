import { type Answer, ask } from '../api/ask';
import { weatherOrders } from '../api/set-weather';
import { stream } from '../api/stream';
import type { BukaWeather, SlackWeather } from '../api/weather';
import type { BukaState, Change, DemoState, PageState, TrafficEntry } from '../api/wire';
import { coalesce } from './coalesce';
import { readPlace } from './place';
import { type Heard, TRAFFIC_SHOWN } from './reduce';
import type { Store } from './store';

const SLACK_PAUSE_MS = 30;
const BUKA_PAUSE_MS = 250;
const DEMO_EVERY_MS = 2_000;

/**
 * Keeps the store true. The servers hold the truth; their events only wake the page, which then asks again.
 * Traffic alone is taken from the events themselves.
 */
export function listen(store: Store): void {
  const load = loaders(store);
  stream('/playground/events', {
    open: () => {
      load.page();
      load.slackWeather();
      load.traffic();
      store.dispatch({ type: 'link', link: 'live' });
    },
    lost: () => store.dispatch({ type: 'link', link: 'lost' }),
    message: (data) => takeChange(store, load, JSON.parse(data) as Change),
  });
  stream('/buka/events', {
    open: () => load.buka(),
    message: () => load.buka(),
  });
  setInterval(load.demo, DEMO_EVERY_MS);
  load.demo();
  window.addEventListener('hashchange', () =>
    store.dispatch({ type: 'place', place: readPlace(location.hash) }),
  );
  reloadForEachPerson(store, load.page);
}

type Loaders = ReturnType<typeof loaders>;

function loaders(store: Store) {
  const hear = <T>(path: string, pauseMs: number, heard: (body: T) => Heard, orders = () => 0) =>
    coalesce(async () => {
      let answer: Answer<T>;
      let before: number;
      // An order that was given meanwhile: a switch that is on already would be seen going off and on again.
      do {
        before = orders();
        answer = await ask<T>(path);
      } while (orders() !== before);
      if (answer.kind === 'answered') store.dispatch({ type: 'heard', heard: heard(answer.body) });
    }, pauseMs);
  const bukaState = hear<BukaState>('/buka/state', BUKA_PAUSE_MS, (buka) => ({ buka }));
  const bukaWeather = hear<BukaWeather>(
    '/buka/faults',
    BUKA_PAUSE_MS,
    (weather) => ({ bukaWeather: weather }),
    weatherOrders,
  );
  return {
    page: coalesce(async () => {
      const { userId } = store.get();
      const answer = await ask<PageState>(`/playground/state?user=${encodeURIComponent(userId)}`);
      const isStale = store.get().userId !== userId;
      if (answer.kind !== 'answered' || isStale) return;
      store.dispatch({ type: 'heard', heard: { page: answer.body } });
    }, SLACK_PAUSE_MS),
    traffic: hear<{ entries: TrafficEntry[] }>('/playground/traffic', SLACK_PAUSE_MS, ({ entries }) => ({
      traffic: entries.slice(-TRAFFIC_SHOWN).reverse(),
    })),
    slackWeather: hear<SlackWeather>(
      '/playground/faults',
      SLACK_PAUSE_MS,
      (slackWeather) => ({ slackWeather }),
      weatherOrders,
    ),
    buka: () => {
      bukaState();
      bukaWeather();
    },
    demo: hear<DemoState>('/demo/state', 0, (demo) => ({ demo })),
  };
}

function takeChange(store: Store, load: Loaders, change: Change): void {
  if (change.type === 'traffic') store.dispatch({ type: 'exchanged', entry: change.entry });
  else if (change.type === 'faults') load.slackWeather();
  else if (!('user' in change) || change.user === store.get().userId) load.page();
}

function reloadForEachPerson(store: Store, reload: () => void): void {
  let { userId } = store.get();
  store.subscribe(() => {
    if (store.get().userId === userId) return;
    userId = store.get().userId;
    reload();
  });
}
