import { slackFaultOf } from './slack-fault';

/** What is left to do after a post. `snoozeMs`: run it once more after this many milliseconds. Empty: it is done. */
export interface Snooze {
  snoozeMs?: number;
}

/**
 * What happens on a 429 of Slack: the job comes back when Slack asked for it, and holds no place in the queue until
 * then. Null where the error is another one.
 */
export function snoozeIfRateLimited(error: unknown): { snoozeMs: number } | null {
  const fault = slackFaultOf(error);
  return fault?.kind === 'limited' ? { snoozeMs: fault.retryAfterMs } : null;
}
