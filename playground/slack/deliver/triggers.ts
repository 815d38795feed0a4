import { randomText } from '../ids';

/** What a trigger knows about the act that made it. */
export interface Trigger {
  id: string;
  user: string;
  /** The conversation that the act happened in, for selects that default to it. */
  conversation: string | undefined;
  /** Whether the act happened in a modal: only then may a view be pushed. */
  fromModal: boolean;
}

type TriggerFault = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export interface Triggers {
  make(act: Omit<Trigger, 'id'>): string;
  /** Uses the trigger up. */
  exchange(id: string): Trigger | TriggerFault;
}

/** Triggers: used once, and only for three seconds. */
export function createTriggers(options: { now: () => number; lifeMs: number }): Triggers {
  const made = new Map<string, { trigger: Trigger; madeAt: number; exchanged: boolean }>();
  return {
    make: (act) => {
      const id = `${options.now()}.${randomText(10)}.${randomText(32).toLowerCase()}`;
      made.set(id, { trigger: { id, ...act }, madeAt: options.now(), exchanged: false });
      return id;
    },
    exchange: (id) => {
      const entry = made.get(id);
      if (!entry) return 'invalid_trigger_id';
      if (entry.exchanged) return 'exchanged_trigger_id';
      if (options.now() - entry.madeAt > options.lifeMs) return 'expired_trigger_id';
      entry.exchanged = true;
      return entry.trigger;
    },
  };
}
