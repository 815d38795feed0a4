import {
  allDeferred,
  allUnclear,
  type RejectionFault,
  type SendOutcome,
} from '../../src/providers/send-outcome';
import type { MessageStatusList, SendRequest, SmsProvider } from '../../src/providers/sms-provider';
import type { ScriptedProvider } from '../setup/app-context';

/** How a request may end. `unknown_taken`: the provider accepts it, and the response is lost. */
export const ANSWERS = [
  'accepted',
  'half_refused',
  'half_unclear',
  'half_deferred',
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

/** What sends at a provider; it has records of its own texts alone. */
interface Sender {
  provider: string;
  subAccount: string;
}

export interface Taken extends Sender {
  orderId: string;
  messageId: string;
  number: string;
  status: 'sending' | 'delivered' | 'failed';
  sentAt: Date;
}

/** Providers that keep each request open until a step ends it, and remember the texts they accepted. */
export interface Provider {
  taken: Taken[];
  /** For one turn of a lane; `onOpen` gets each request of that turn. */
  forTurn(textsPerRequest: number, onOpen: (request: OpenRequest) => void): Record<string, SmsProvider>;
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
    orderId: null,
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
  const forTurn = (
    provider: string,
    textsPerRequest: number,
    onOpen: (request: OpenRequest) => void,
  ): SmsProvider => {
    const takenBy = (subAccount: string) =>
      taken.filter((one) => one.provider === provider && one.subAccount === subAccount);
    return {
      ...scripted,
      capabilities: { ...scripted.capabilities, textsPerRequest },
      sendSmsBatch: ({ subAccount }, request) =>
        new Promise((resolve) => {
          const openedMs = passedMs;
          const isStillOpen = () => passedMs - openedMs <= TAKEN_WITHIN_MS;
          const sender = { provider, subAccount };
          onOpen(openRequest(request, { taken, sender, aheadMs, isStillOpen }, resolve));
        }),
      queryMessageStatusByIds: async ({ subAccount }, ids) =>
        listOf(
          takenBy(subAccount)
            .filter((one) => ids.includes(one.messageId))
            .map(record),
        ),
      async *queryMessageStatusByTimeRange({ subAccount }, from, until) {
        yield takenBy(subAccount)
          .filter((one) => one.sentAt >= from && one.sentAt < until)
          .map(record);
      },
    };
  };
  return {
    taken,
    passTime(ms) {
      passedMs += ms;
      for (const one of taken) one.sentAt = new Date(one.sentAt.getTime() - ms);
    },
    forTurn: (...turn) => ({ onbuka: forTurn('onbuka', ...turn), tiny: forTurn('tiny', ...turn) }),
  };
}

function openRequest(
  { messages }: SendRequest,
  {
    taken,
    sender,
    aheadMs,
    isStillOpen,
  }: { taken: Taken[]; sender: Sender; aheadMs: number; isStillOpen(): boolean },
  resolve: (outcome: SendOutcome) => void,
): OpenRequest {
  let mine: Taken[] | null = null;
  const take = (share = 1): Taken[] => {
    if (mine) return mine;
    if (!isStillOpen()) return [];
    // The ids of one provider may be those of another as well.
    const before = taken.filter((one) => one.provider === sender.provider).length;
    mine = messages
      .slice(0, Math.ceil(messages.length * share))
      .map(({ orderId, recipientNumber }, index) => ({
        ...sender,
        orderId,
        messageId: `m${before + index}`,
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
      return allUnclear(messages, { kind: 'unclear', cause: 'timeout', reason: 'no answer in time' });
    }
    // An accepted request is not rejected afterwards.
    const fault = mine ? null : faultOf(kind);
    if (fault) {
      const because = { kind: 'rejected', fault, code: '-0', reason: 'said the provider' } as const;
      return allDeferred(messages, because);
    }
    const accepted = take(kind === 'half_refused' || kind === 'half_deferred' ? 0.5 : 1);
    const named = kind === 'half_unclear' ? accepted.slice(0, Math.ceil(accepted.length / 2)) : accepted;
    const rest = messages
      .filter((message) => !named.some((one) => one.orderId === message.orderId))
      .map(({ orderId }) => ({ orderId, reason: 'no' }));
    const isDeferred = kind === 'half_deferred' && rest.length > 0;
    return {
      accepted: named,
      refused: kind === 'half_refused' ? rest : [],
      unclear: kind === 'half_unclear' ? rest : [],
      deferred: isDeferred ? rest : [],
      because: isDeferred ? TOO_MANY : null,
    };
  };
  return { take: () => void take(), answer: (kind) => resolve(outcomeOf(kind)) };
}

const TOO_MANY = { kind: 'rejected', fault: 'retryable', code: 'http_429', reason: 'too many' } as const;

function faultOf(kind: AnswerKind): RejectionFault | null {
  const [, fault] = /^rejected_(.*)$/.exec(kind) ?? [];
  return (fault as RejectionFault | undefined) ?? null;
}
