import { setTimeout as delay } from 'node:timers/promises';
import type { BukaFaultName, BukaFaultSetting } from '@bulk-sms/playground/buka/buka-faults';
import type { BukaState } from '@bulk-sms/playground/buka/state/describe';
import type { RunningDemo } from './run-demo';

/** What the local Buka has counted so far: how many recipients it accepted once, more than once, and never. */
export async function ledgerOf(demo: RunningDemo) {
  const { ledger } = await demo.get<BukaState>('/buka/state');
  return { once: ledger.once, moreThanOnce: ledger.moreThanOnce, never: ledger.never };
}

/** How many send requests have reached Buka so far, answered or not. */
export async function sendRequests(demo: RunningDemo): Promise<number> {
  const { calls } = await demo.get<BukaState>('/buka/state');
  return calls.sendSms ?? 0;
}

export async function untilSendRequests(demo: RunningDemo, count: number): Promise<void> {
  while ((await sendRequests(demo)) < count) await delay(50);
}

/** Delivers everything now that is on its way, held or not. */
export function deliverNow(demo: RunningDemo): Promise<unknown> {
  return demo.post('/buka/advance');
}

/** Nothing is delivered until it is released, so that a test can look at a batch that is on its way. */
export function holdDeliveries(demo: RunningDemo): Promise<unknown> {
  return demo.post('/buka/hold', { isHeld: true });
}

export function letDeliveriesGo(demo: RunningDemo): Promise<unknown> {
  return demo.post('/buka/hold', { isHeld: false });
}

/** Switches a fault on at the local Buka, with its usual setting unless one is given, until all are switched off. */
export function setFault(
  demo: RunningDemo,
  name: BukaFaultName,
  setting: BukaFaultSetting = {},
): Promise<unknown> {
  return demo.post('/buka/faults', { name, setting });
}

export function clearFaults(demo: RunningDemo): Promise<unknown> {
  return demo.post('/buka/faults', { setting: null });
}

/** Each test has numbers of its own. None ends in digits for which the local Buka has a fixed outcome. */
export function mobiles(block: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(13_700_000_000 + block * 10_000 + 1_001 + i));
}

/** A recipients file with one column besides the numbers. */
export function csvOf(cells: string[]): Buffer {
  return Buffer.from(
    ['Name,Mobile', ...cells.map((cell, i) => `Customer ${i + 1},${cell}`), ''].join('\r\n'),
  );
}
