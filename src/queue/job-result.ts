/** What a job says at its end: it is done, or it wants to run again after `snoozeMs` milliseconds. */
export type JobResult = { kind: 'done' } | Snoozed;

export interface Snoozed {
  kind: 'snooze';
  snoozeMs: number;
  /** Its turn had not come, so that this was no run of it: its deaths are not forgotten (count-deaths.ts). */
  isNoRun?: boolean;
}

export const DONE: JobResult = { kind: 'done' };

export const snooze = (snoozeMs: number): Snoozed => ({ kind: 'snooze', snoozeMs });

/** For a job that has not begun, since others of its kind go before it. */
export const waitForTurn = (snoozeMs: number): Snoozed => ({ kind: 'snooze', snoozeMs, isNoRun: true });
