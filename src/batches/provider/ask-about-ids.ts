import type { MessageStatusList } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { callOptions, outOfTime, within } from './deadline';
import type { Answer, NotAnswered, ProviderClient, Turn } from './provider-client';

/** Questions at once: a person waits. */
const CONCURRENCY = 4;

interface Bounds {
  /** By `performance.now`: then no further question begins, and open ones end. */
  endAt?: number;
  /** Gets each part that is answered, whatever becomes of the others. */
  onPart?(part: MessageStatusList): void;
}

/**
 * Asks about any number of message ids, a few questions at a time. Answered only where every question was: a part would look
 * like the whole.
 */
export async function askAboutIds(
  app: AppContext,
  { provider, account, ask }: ProviderClient,
  turn: Turn,
  messageIds: string[],
  { endAt = Number.POSITIVE_INFINITY, onPart }: Bounds = {},
): Promise<Answer<MessageStatusList>> {
  const { idsPerQuestion } = provider.capabilities;
  const parts: MessageStatusList[] = [];
  const failures: NotAnswered[] = [];
  let next = 0;
  let hasFailed = false;
  const noteFailure = (error: unknown) => {
    // At once: the client may have to pause the account before it returns the failure.
    hasFailed = true;
    throw error;
  };
  const work = async () => {
    while (next < messageIds.length && !hasFailed && performance.now() < endAt) {
      const ids = messageIds.slice(next, next + idsPerQuestion);
      next += idsPerQuestion;
      const answer = await ask(within(turn, endAt), () =>
        provider.queryMessageStatusByIds(account, ids, callOptions(app, endAt)).catch(noteFailure),
      );
      if (answer.kind === 'answered') {
        parts.push(answer.result);
        onPart?.(answer.result);
      } else {
        hasFailed = true;
        failures.push(answer);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  // The provider's own, where there is one: others are often only that the account is then paused.
  const failure = failures.find(({ why }) => why.code !== 'turn') ?? failures[0];
  if (failure) return failure;
  return next < messageIds.length ? outOfTime() : { kind: 'answered', result: join(parts) };
}

function join(parts: MessageStatusList[]): MessageStatusList {
  const sum = (of: (part: MessageStatusList) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    results: parts.flatMap((part) => part.results),
    totalSuccess: sum((part) => part.totalSuccess),
    totalFail: sum((part) => part.totalFail),
    totalSending: sum((part) => part.totalSending),
    totalNotFound: sum((part) => part.totalNotFound),
  };
}
