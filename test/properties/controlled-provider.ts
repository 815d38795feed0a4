import {
  allDeferred,
  allUnclear,
  type RejectionFault,
  type SendOutcome,
} from '../../src/providers/send-outcome';
import {
  type MessageStatusList,
  ProviderError,
  type SendRequest,
  type SmsProvider,
} from '../../src/providers/sms-provider';
import type { ScriptedProvider } from '../setup/app-context';

/**
 * How a request may end. `unknown_taken`: the provider accepts it, and the response is lost. `accepted_repeated`: the response
 * gives one of the texts the id of an earlier text.
 */
export const ANSWERS = [
  'accepted',
  'accepted_repeated',
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
  /** `isKnown`: whether our tables have the id of a text. Nobody could tell that another one's is repeated. */
  answer(kind: AnswerKind, isKnown: (text: Taken) => boolean): void;
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
  /** The outcome that it had before the provider corrected itself. */
  was: 'delivered' | 'failed' | null;
  sentAt: Date;
}

/** Providers that keep each request open until a step ends it, and remember the texts they accepted. */
export interface Provider {
  taken: Taken[];
  /** For one turn of a lane; `onOpen` gets each request of that turn. */
  forTurn(textsPerRequest: number, onOpen: (request: OpenRequest) => void): Record<string, SmsProvider>;
  passTime(ms: number): void;
  /** From now on every question fails, or none does. */
  setSilent(isSilent: boolean): void;
  isSilent(): boolean;
}

/** Gives an open text its final outcome: every third fails. */
export function settle(text: Taken, index: number): void {
  if (text.status === 'sending') text.status = index % 3 === 0 ? 'failed' : 'delivered';
}

/** The provider says otherwise than before: what failed was delivered, or, more rarely, the other way round. */
export function correct(text: Taken, index: number): void {
  if (text.was !== null || text.status === 'sending') return;
  if (text.status === 'delivered' && index % 4 !== 1) return;
  [text.was, text.status] = [text.status, text.status === 'failed' ? 'delivered' : 'failed'];
}

export function createProvider(scripted: ScriptedProvider, aheadMs: number): Provider {
  const taken: Taken[] = [];
  let passedMs = 0;
  let isSilent = false;
  const assertSpeaks = () => {
    if (isSilent) throw new ProviderError('http_502', 'busy', 'the provider is away');
  };
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
      async queryMessageStatusByIds({ subAccount }, ids) {
        assertSpeaks();
        return listOf(
          takenBy(subAccount)
            .filter((one) => ids.includes(one.messageId))
            .map(record),
        );
      },
      async *queryMessageStatusByTimeRange({ subAccount }, from, until) {
        assertSpeaks();
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
    setSilent(to) {
      isSilent = to;
    },
    isSilent: () => isSilent,
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
    // The ids of one account may be those of another as well, at the same provider too.
    const before = taken.filter((one) => isSame(one, sender)).length;
    mine = messages
      .slice(0, Math.ceil(messages.length * share))
      .map(({ orderId, recipientNumber }, index) => ({
        ...sender,
        orderId,
        messageId: `m${before + index}`,
        number: recipientNumber,
        status: 'sending',
        was: null,
        sentAt: new Date(Date.now() + aheadMs),
      }));
    taken.push(...mine);
    return mine;
  };
  const outcomeOf = (kind: AnswerKind, isKnown: (text: Taken) => boolean): SendOutcome => {
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
    const isEarlier = (one: Taken) => isSame(one, sender) && !named.includes(one) && isKnown(one);
    const isDeferred = kind === 'half_deferred' && rest.length > 0;
    return {
      accepted: kind === 'accepted_repeated' ? withRepeated(named, taken.find(isEarlier)) : named,
      refused: kind === 'half_refused' ? rest : [],
      unclear: kind === 'half_unclear' ? rest : [],
      deferred: isDeferred ? rest : [],
      because: isDeferred ? TOO_MANY : null,
    };
  };
  return { take: () => void take(), answer: (kind, isKnown) => resolve(outcomeOf(kind, isKnown)) };
}

const isSame = (one: Sender, other: Sender) =>
  one.provider === other.provider && one.subAccount === other.subAccount;

/** The first text with the id of an earlier one, if there is one. The provider itself knows better. */
function withRepeated(named: Taken[], earlier: Taken | undefined): SendOutcome['accepted'] {
  return named.map(({ orderId, messageId }, index) => ({
    orderId,
    messageId: index === 0 && earlier ? earlier.messageId : messageId,
  }));
}

const TOO_MANY = { kind: 'rejected', fault: 'retryable', code: 'http_429', reason: 'too many' } as const;

function faultOf(kind: AnswerKind): RejectionFault | null {
  const [, fault] = /^rejected_(.*)$/.exec(kind) ?? [];
  return (fault as RejectionFault | undefined) ?? null;
}
