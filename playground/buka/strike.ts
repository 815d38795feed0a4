import { createFaultEngine, type FaultEngine, type SavedFaults } from '../faults/fault-engine';
import {
  type ApiPath,
  BUKA_FAULT_NAMES,
  BUKA_FAULTS,
  type BukaFaultName,
  type BukaFaultSetting,
  type Ending,
} from './buka-faults';
import { fraction } from './chance';

/** What a fault can strike: one call of the API, or one report before it is pushed. */
type Target = { kind: 'send' | 'query'; path: ApiPath } | { kind: 'push' };

/** The faults that strike one call or one push. */
export interface Strike {
  names: BukaFaultName[];
  has(name: BukaFaultName): boolean;
  /** The fault's time in milliseconds; 0 when it does not strike. */
  ms(name: BukaFaultName): number;
  endingAt(when: 'before' | 'after'): { as: Ending; ms: number } | undefined;
}

export interface BukaFaults extends Pick<FaultEngine<BukaFaultName, BukaFaultSetting>, 'clear'> {
  /** Switches a fault on. Without a setting it gets its usual one. */
  set(name: BukaFaultName, setting?: BukaFaultSetting): void;
  /** The faults that are on, and how often each has struck. */
  current(): Partial<Record<BukaFaultName, BukaFaultSetting & { struck: number }>>;
  strike(target: Target): Strike;
  save(): SavedBukaFaults;
  load(saved: SavedBukaFaults): void;
}

export type SavedBukaFaults = SavedFaults<BukaFaultName, BukaFaultSetting>;

export function createBukaFaults(seed: number, onChange: () => void): BukaFaults {
  let draws = 0;
  const engine = createFaultEngine<BukaFaultName, BukaFaultSetting>({
    names: BUKA_FAULT_NAMES,
    onChange,
    random: () => fraction(seed, draws++),
  });

  function strike(target: Target): Strike {
    const struck = new Map<BukaFaultName, BukaFaultSetting>();
    for (const [name, { setting }] of engine.active()) {
      // A call ends in only one way. The other endings keep their turn for a later call.
      if (BUKA_FAULTS[name].ends && [...struck.keys()].some((other) => BUKA_FAULTS[other].ends)) continue;
      if (affects(name, setting, target) && engine.strike(name)) struck.set(name, setting);
    }
    return struck.size === 0 ? NO_STRIKE : strikeOf(struck);
  }

  return {
    set: (name, setting = {}) => engine.set(name, { ...BUKA_FAULTS[name].usual, ...setting }),
    clear: engine.clear,
    current: () =>
      Object.fromEntries(
        engine.active().map(([name, { setting, struck }]) => [name, { ...setting, struck }]),
      ),
    strike,
    save: engine.save,
    load: engine.load,
  };
}

function affects(name: BukaFaultName, setting: BukaFaultSetting, target: Target): boolean {
  const usual = BUKA_FAULTS[name].affects;
  if (target.kind === 'push' || usual === 'push') return target.kind === usual;
  const on = setting.on ?? usual;
  return on === 'any' || on === target.kind || on === target.path;
}

const NO_STRIKE: Strike = { names: [], has: () => false, ms: () => 0, endingAt: () => undefined };

function strikeOf(struck: Map<BukaFaultName, BukaFaultSetting>): Strike {
  const names = [...struck.keys()];
  return {
    names,
    has: (name) => struck.has(name),
    ms: (name) => struck.get(name)?.ms ?? 0,
    endingAt(when) {
      const name = names.find((candidate) => BUKA_FAULTS[candidate].ends?.when === when);
      const ends = name && BUKA_FAULTS[name].ends;
      return name && ends ? { as: ends.as, ms: struck.get(name)?.ms ?? 0 } : undefined;
    },
  };
}
