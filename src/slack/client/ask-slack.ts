import { setTimeout as delay } from 'node:timers/promises';
import { type SlackFault, slackFaultOf } from './slack-fault';

/** What became of a question to Slack. */
export type Answer<T> =
  | { kind: 'answered'; value: T }
  /** An answer too: there is no such thing, or not for the bot. `error` is Slack's code. */
  | { kind: 'refused'; error: string }
  /** Nothing is known. It is no answer, and nobody may be told so. */
  | { kind: 'not_answered'; why: NotAnswered };

/** `token`: Slack accepts nothing from the bot for now. `permission`: the bot may not ask this. */
export type NotAnswered = Exclude<SlackFault['kind'], 'refused'> | 'token' | 'permission';

/**
 * Asks Slack, and says whether it answered; within `withinMs`, where that is given: a later answer counts for nothing. Throws
 * what is no fault of Slack.
 */
export async function askSlack<T>(call: Promise<T>, withinMs?: number): Promise<Answer<T>> {
  const answer = readAnswer(call);
  if (withinMs === undefined) return answer;
  const ended = new AbortController();
  // Nobody waits any more for what fails later than this.
  answer.catch(() => undefined).finally(() => ended.abort());
  const tooLate = delay(withinMs, { kind: 'not_answered', why: 'unclear' } as const, {
    signal: ended.signal,
    ref: false,
  });
  return Promise.race([answer, tooLate.catch(() => answer)]);
}

async function readAnswer<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'answered', value: await call };
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault) throw error;
    if (fault.kind !== 'refused') return { kind: 'not_answered', why: fault.kind };
    const { cause } = fault;
    return cause === 'token' || cause === 'permission'
      ? { kind: 'not_answered', why: cause }
      : { kind: 'refused', error: fault.error };
  }
}
