import type { BukaFault, BukaFaultName, BukaFaultSetting, SlackFaultName, SlackFaultSetting } from './wire';

/** `GET /playground/faults`. */
export interface SlackFaults {
  table: Record<SlackFaultName, { title: string; description: string }>;
  on: Partial<Record<SlackFaultName, SlackFaultSetting>>;
}

/** `GET /buka/faults`. */
export interface BukaFaults {
  switches: Record<BukaFaultName, BukaFault>;
  on: Partial<Record<BukaFaultName, BukaFaultSetting & { struck: number }>>;
}
