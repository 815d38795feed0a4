import { type CallOptions, ProviderError } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import type { NotAnswered, Turn } from './provider-client';

/** Questions that must be over at a moment, by `performance.now`. Infinity: whenever they are. */

const leftMs = (endAt: number) => Math.max(1, Math.ceil(endAt - performance.now()));

/** The turn, waited for no longer than that. */
export const within = (turn: Turn, endAt: number): Turn => ({
  ...turn,
  patienceMs: Math.min(turn.patienceMs, leftMs(endAt)),
});

/** The call ends at that moment, or when the process must end. */
export const callOptions = ({ stopping }: AppContext, endAt: number): CallOptions =>
  endAt === Number.POSITIVE_INFINITY ? { signal: stopping } : { signal: stopping, timeoutMs: leftMs(endAt) };

/** What a question comes to that was not begun in time. */
export function outOfTime(): NotAnswered {
  const why = new ProviderError('out_of_time', 'busy', 'There was no time to ask about all of them.');
  return { kind: 'not_answered', why, snoozeMs: 0 };
}
