import { type Answer, ask, post } from './ask-demo';
import type { BukaFaults, SlackFaults } from './faults';
import type { BukaFaultName, BukaFaultSetting, SlackFaultName, SlackFaultSetting } from './wire';

/** Null switches the fault off. Returns the faults that are on now. */
export function setBukaFault(name: BukaFaultName, setting: BukaFaultSetting | null) {
  return counted(post<Pick<BukaFaults, 'on'>>('/buka/faults', { name, setting }));
}

/** Null switches the fault off. */
export function setSlackFault(name: SlackFaultName, setting: SlackFaultSetting | null) {
  return counted(post<SlackFaults>('/playground/faults', { name, setting: setting ?? false }));
}

export function clearFaults() {
  return Promise.all([
    counted(post('/buka/faults', { setting: null })),
    counted(ask('/playground/faults', { method: 'DELETE' })),
  ]);
}

let orders = 0;

/** Counts orders sent and orders answered. If it changes while a state is loaded, that state may be out of date. */
export const faultOrders = () => orders;

async function counted<T>(order: Promise<Answer<T>>): Promise<Answer<T>> {
  orders++;
  const answer = await order;
  orders++;
  return answer;
}
