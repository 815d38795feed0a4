/** What a job says at its end: it is done, or it wants to run again after `snoozeMs` milliseconds. */
export type JobResult = { kind: 'done' } | Snoozed;

export interface Snoozed {
  kind: 'snooze';
  snoozeMs: number;
}

export const DONE: JobResult = { kind: 'done' };

export const snooze = (snoozeMs: number): Snoozed => ({ kind: 'snooze', snoozeMs });
