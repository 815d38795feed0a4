import { fraction } from '../chance';
import { type ApiPath, type Ending, WEATHER, type WeatherName, type WeatherSetting } from './table';

/** What may be struck: one call of the API, or one report about to be pushed. */
export type Target = { kind: 'send' | 'query'; path: ApiPath } | { kind: 'push' };

/** The switches that strike one call or one push. */
export interface Strike {
  names: WeatherName[];
  has(name: WeatherName): boolean;
  /** The switch's time in milliseconds; 0 when it does not strike. */
  ms(name: WeatherName): number;
  endingAt(when: 'before' | 'after'): { as: Ending; ms: number } | undefined;
}

export interface Weather {
  set(name: WeatherName, setting?: WeatherSetting): void;
  /** One switch off, or all. */
  clear(name?: WeatherName): void;
  /** The switches that are on, and how often each has struck. */
  current(): Partial<Record<WeatherName, WeatherSetting & { struck: number }>>;
  strike(target: Target): Strike;
  /** The switches with how far they have come, and the same again after a restart, in place of what was on. */
  save(): SavedWeather;
  load(saved: SavedWeather): void;
}

export type SavedWeather = [WeatherName, ActiveSwitch][];

interface ActiveSwitch {
  setting: WeatherSetting;
  seen: number;
  struck: number;
}

export function createWeather(seed: number, changed: () => void): Weather {
  let active = new Map<WeatherName, ActiveSwitch>();
  let draws = 0;

  function strike(target: Target): Strike {
    if (active.size === 0) return CALM;
    const struck = new Map<WeatherName, WeatherSetting>();
    for (const [name, state] of active) {
      // One call ends in one way only: the other endings keep their turns.
      if (WEATHER[name].ends && [...struck.keys()].some((other) => WEATHER[other].ends)) continue;
      if (affects(name, state.setting, target) && isTurnOf(state)) struck.set(name, state.setting);
    }
    return struck.size === 0 ? CALM : strikeOf(struck);
  }

  function isTurnOf(state: ActiveSwitch): boolean {
    const { times, every = 1, probability = 1 } = state.setting;
    if (times !== undefined && state.struck >= times) return false;
    if (++state.seen % every !== 0) return false;
    if (probability < 1 && fraction(seed, draws++) >= probability) return false;
    state.struck++;
    if (state.struck === times) changed();
    return true;
  }

  return {
    set(name, setting = {}) {
      active.set(name, { setting: { ...WEATHER[name].usual, ...setting }, seen: 0, struck: 0 });
      changed();
    },
    clear(name) {
      if (name) active.delete(name);
      else active.clear();
      changed();
    },
    current: () =>
      Object.fromEntries(
        [...active]
          .filter(([, { setting, struck }]) => setting.times === undefined || struck < setting.times)
          .map(([name, { setting, struck }]) => [name, { ...setting, struck }]),
      ),
    strike,
    save: () => [...active],
    load(saved) {
      // Of another version of the demo there may be a switch that is no longer known.
      active = new Map(saved.filter(([name]) => Object.hasOwn(WEATHER, name)));
      changed();
    },
  };
}

function affects(name: WeatherName, setting: WeatherSetting, target: Target): boolean {
  const usual = WEATHER[name].affects;
  if (target.kind === 'push' || usual === 'push') return target.kind === usual;
  const on = setting.on ?? usual;
  return on === 'any' || on === target.kind || on === target.path;
}

const CALM: Strike = { names: [], has: () => false, ms: () => 0, endingAt: () => undefined };

function strikeOf(struck: Map<WeatherName, WeatherSetting>): Strike {
  const names = [...struck.keys()];
  return {
    names,
    has: (name) => struck.has(name),
    ms: (name) => struck.get(name)?.ms ?? 0,
    endingAt(when) {
      const name = names.find((candidate) => WEATHER[candidate].ends?.when === when);
      const ends = name && WEATHER[name].ends;
      return name && ends ? { as: ends.as, ms: struck.get(name)?.ms ?? 0 } : undefined;
    },
  };
}
