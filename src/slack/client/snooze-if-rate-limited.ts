import { type Snoozed, snooze } from '../../queue/job-result';
import { slackFaultOf } from './slack-fault';

/**
 * What happens on a 429 of Slack: the job comes back when Slack asked for it, and holds no place in the queue until
 * then. Null where the error is another one.
 */
export function snoozeIfRateLimited(error: unknown): Snoozed | null {
  const fault = slackFaultOf(error);
  return fault?.kind === 'limited' ? snooze(fault.retryAfterMs) : null;
}
