/** When a fault that is switched on strikes. Nothing given: every time, until it is switched off. */
export interface FaultSetting {
  /** Strikes this many times, then switches itself off. */
  times?: number | undefined;
  /** Strikes each nth time it could. */
  every?: number | undefined;
  /** Strikes with this probability, 0 to 1. */
  probability?: number | undefined;
}

/** A fault that is switched on, and what it has done so far. */
interface ActiveFault<Setting> {
  setting: Setting;
  /** How often it could have struck. */
  seen: number;
  struck: number;
}

/** Plain JSON, in the order in which the faults were switched on. */
export type SavedFaults<Name, Setting> = [Name, ActiveFault<Setting>][];

/** Faults that are switched on and off by name, while the local Slack or the local Buka runs. */
export interface FaultEngine<Name extends string, Setting extends FaultSetting> {
  /** Switches one on, or gives it another setting, and counts from zero. */
  set(name: Name, setting?: Setting): void;
  /** Switches one off, or all. */
  clear(name?: Name): void;
  /** The faults that are switched on, in the order in which they were. */
  active(): [Name, Readonly<ActiveFault<Setting>>][];
  /** The setting if the fault strikes now, which uses up one of its times; else null. */
  strike(name: Name): Setting | null;
  save(): SavedFaults<Name, Setting>;
  /** Switches these on, and all others off. Leaves out names that this version does not know. */
  load(saved: SavedFaults<Name, Setting>): void;
}

interface FaultEngineOptions<Name extends string> {
  names: readonly Name[];
  /** A fault was switched on or off, or used up one of its times. */
  onChange(): void;
  /** In [0, 1), for `probability`. Default: Math.random. */
  random?: () => number;
}

export function createFaultEngine<Name extends string, Setting extends FaultSetting>({
  names,
  onChange,
  random = Math.random,
}: FaultEngineOptions<Name>): FaultEngine<Name, Setting> {
  let active = new Map<Name, ActiveFault<Setting>>();

  function isTurn(fault: ActiveFault<Setting>): boolean {
    const { every = 1, probability = 1 } = fault.setting;
    if (++fault.seen % every !== 0) return false;
    return probability >= 1 || random() < probability;
  }

  return {
    set(name, setting = {} as Setting) {
      active.set(name, { setting: { ...setting }, seen: 0, struck: 0 });
      onChange();
    },
    clear(name) {
      if (name) active.delete(name);
      else active.clear();
      onChange();
    },
    active: () => [...active],
    strike(name) {
      const fault = active.get(name);
      if (!fault || !isTurn(fault)) return null;
      fault.struck++;
      if (fault.setting.times !== undefined) {
        if (fault.struck >= fault.setting.times) active.delete(name);
        onChange();
      }
      return fault.setting;
    },
    save: () => structuredClone([...active]),
    load(saved) {
      active = new Map(structuredClone(saved).filter(([name]) => names.includes(name)));
      onChange();
    },
  };
}
