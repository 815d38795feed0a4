import type {
  MessageStatusList,
  SendOutcome,
  SendRequest,
  SmsProvider,
} from '../../src/providers/sms-provider';
import type { ScriptedProvider } from '../setup/app-context';

/** How a request may end. `unknown_taken`: the provider accepts it, and the response is lost. */
export const ANSWERS = [
  'accepted',
  'half_refused',
  'half_unclear',
  'unknown_taken',
  'unknown_lost',
  'rejected_account',
  'rejected_content',
  'rejected_numbers',
  'rejected_retryable',
  'rejected_request',
] as const;
export type AnswerKind = (typeof ANSWERS)[number];

/** A request that is open for longer has failed: the provider accepts it soon, or never. */
const TAKEN_WITHIN_MS = 600_000;

/** An open request: a worker waits for its response, or has died meanwhile. */
export interface OpenRequest {
  /** The provider accepts the request now; its response is still under way. */
  take(): void;
  answer(kind: AnswerKind): void;
}

export interface Taken {
  orderId: string;
  messageId: string;
  number: string;
  status: 'sending' | 'delivered' | 'failed';
  sentAt: Date;
}

/** A provider that keeps each request open until a step ends it, and remembers the texts it accepted. */
export interface Provider {
  taken: Taken[];
  /** This provider for one turn of a lane; `onOpen` gets the request of that turn. */
  forTurn(onOpen: (request: OpenRequest) => void): SmsProvider;
  passTime(ms: number): void;
}

/** Gives an open text its final outcome: every third fails. */
export function settle(text: Taken, index: number): void {
  if (text.status === 'sending') text.status = index % 3 === 0 ? 'failed' : 'delivered';
}

export function createProvider(scripted: ScriptedProvider, aheadMs: number): Provider {
  const taken: Taken[] = [];
  let passedMs = 0;
  const record = (one: Taken) => ({
    messageId: one.messageId,
    recipientNumber: one.number,
    status: one.status,
    sendTime: one.sentAt.toISOString(),
  });
  const listOf = (results: MessageStatusList['results']): MessageStatusList => ({
    results,
    totalSuccess: 0,
    totalFail: 0,
    totalSending: 0,
    totalNotFound: 0,
  });
  return {
    taken,
    passTime(ms) {
      passedMs += ms;
      for (const one of taken) one.sentAt = new Date(one.sentAt.getTime() - ms);
    },
    forTurn: (onOpen) => ({
      ...scripted,
      sendSmsBatch: (_account, request) =>
        new Promise((resolve) => {
          const openedMs = passedMs;
          const isStillOpen = () => passedMs - openedMs <= TAKEN_WITHIN_MS;
          onOpen(openRequest(request, { taken, aheadMs, isStillOpen }, resolve));
        }),
      queryMessageStatusByIds: async (_account, ids) =>
        listOf(taken.filter((one) => ids.includes(one.messageId)).map(record)),
      queryMessageStatusByTimeRange: async (_account, from, until) =>
        listOf(taken.filter((one) => one.sentAt >= from && one.sentAt < until).map(record)),
      async *pagesByTimeRange(_account, from, until) {
        yield taken.filter((one) => one.sentAt >= from && one.sentAt < until).map(record);
      },
    }),
  };
}

function openRequest(
  { messages }: SendRequest,
  { taken, aheadMs, isStillOpen }: { taken: Taken[]; aheadMs: number; isStillOpen(): boolean },
  resolve: (outcome: SendOutcome) => void,
): OpenRequest {
  let mine: Taken[] | null = null;
  const take = (share = 1): Taken[] => {
    if (mine) return mine;
    if (!isStillOpen()) return [];
    mine = messages.slice(0, Math.ceil(messages.length * share)).map(({ orderId, recipientNumber }) => ({
      orderId,
      messageId: `m${taken.length}-${orderId}`,
      number: recipientNumber,
      status: 'sending',
      sentAt: new Date(Date.now() + aheadMs),
    }));
    taken.push(...mine);
    return mine;
  };
  const outcomeOf = (kind: AnswerKind): SendOutcome => {
    if (kind === 'unknown_taken') take();
    if (kind === 'unknown_taken' || kind === 'unknown_lost' || !(mine || isStillOpen())) {
      return { kind: 'unknown', cause: 'timeout', reason: 'no answer in time' };
    }
    // An accepted request is not rejected afterwards.
    const fault = mine ? null : faultOf(kind);
    if (fault) return { kind: 'rejected', fault, code: '-0', reason: 'said the provider' };
    const accepted = take(kind === 'half_refused' ? 0.5 : 1);
    const named = kind === 'half_unclear' ? accepted.slice(0, Math.ceil(accepted.length / 2)) : accepted;
    const rest = messages.filter((message) => !named.some((one) => one.orderId === message.orderId));
    return kind === 'half_refused' && named.length === accepted.length && accepted.length < messages.length
      ? {
          kind: 'accepted',
          accepted: named,
          refused: rest.map(({ orderId }) => ({ orderId, reason: 'no' })),
          unclear: [],
        }
      : { kind: 'accepted', accepted: named, refused: [], unclear: rest.map(({ orderId }) => ({ orderId })) };
  };
  return { take: () => void take(), answer: (kind) => resolve(outcomeOf(kind)) };
}

function faultOf(kind: AnswerKind): Extract<SendOutcome, { kind: 'rejected' }>['fault'] | null {
  const [, fault] = /^rejected_(.*)$/.exec(kind) ?? [];
  return (fault as 'account' | undefined) ?? null;
}
