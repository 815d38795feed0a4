import { type Snoozed, snooze } from '../../queue/job-result';
import { slackFaultOf } from './slack-fault';

const AWAY_SNOOZE_MS = 15_000;
const TOKEN_REFUSED_SNOOZE_MS = 60_000;

/**
 * What a job does where Slack takes nothing now and may later: after a 429 it comes back when Slack asked for it, and
 * sooner or later where Slack is away, fails or does not accept the token. It holds no place in the queue until then.
 * Null where waiting does not help: Slack has refused this, or the error is another one.
 */
export function snoozeIfLater(error: unknown): Snoozed | null {
  const fault = slackFaultOf(error);
  switch (fault?.kind) {
    case 'limited':
      return snooze(fault.retryAfterMs);
    case 'unclear':
    case 'unreachable':
      return snooze(AWAY_SNOOZE_MS);
    case 'refused':
      return fault.cause === 'token' ? snooze(TOKEN_REFUSED_SNOOZE_MS) : null;
    default:
      return null;
  }
}
