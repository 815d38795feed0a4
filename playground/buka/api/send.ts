import { charge } from '../accounts/account';
import { costOf } from '../accounts/prices';
import { type Outcome, ruleFor } from '../messages/outcomes';
import type { Call, Provider, Route } from '../provider';
import {
  checkTexts,
  numbersIn,
  type RawSend,
  sendFromBatchBody,
  sendFromBody,
  sendFromParams,
  type Text,
} from './read-send';
import { type AcceptedItem, replyToSend } from './reply-to-send';
import { Refusal } from './statuses';

const MAX_NUMBERS = 1000;
const MAX_NUMBERS_BY_GET = 100;

type SentCall = Pick<Call, 'params' | 'body'>;

export const sendByPost = sendRoute('sendSms', MAX_NUMBERS, ({ body }) => sendFromBody(body));
export const sendByGet = sendRoute('sendSms', MAX_NUMBERS_BY_GET, ({ params }) => sendFromParams(params));
export const sendBatch = sendRoute('sendSms/batch', MAX_NUMBERS, ({ body }) => sendFromBatchBody(body));

function sendRoute(path: Route['path'], maxNumbers: number, read: (call: SentCall) => RawSend): Route {
  return {
    path,
    kind: 'send',
    numbersAskedFor: (call) => numbersIn(read(call)),
    async answer(provider, call) {
      const raw = read(call);
      const appId = appIdOf(call, raw);
      const texts = checkTexts(raw, maxNumbers);
      if (hasOutcome(provider, texts, 'abnormal')) throw new Refusal('-9');

      const { taken, refusedCount } = leaveOutRefused(provider, call, texts);
      charge(
        call.account,
        taken.reduce((sum, { numbers, content }) => sum + costOf(numbers, content), 0),
      );
      const items = taken.flatMap((text) => accept(provider, call, appId, text));

      provider.emit({ type: 'accepted', count: items.length });
      if (call.strike.has('reportsEarly')) await provider.reports.pushed();
      return replyToSend(items, refusedCount, call.strike, provider.quirks);
    },
  };
}

function appIdOf(call: Call, raw: RawSend): string {
  if (typeof raw.appId !== 'string' || raw.appId === '') throw new Refusal('-14');
  if (!call.account.appIds.includes(raw.appId)) throw new Refusal('-1');
  return raw.appId;
}

function hasOutcome({ outcomes }: Provider, texts: Text[], outcome: Outcome): boolean {
  if (!outcomes.rules.some((rule) => rule.outcome === outcome)) return false;
  return texts.some(({ numbers }) =>
    numbers.some((number) => ruleFor(outcomes, number)?.outcome === outcome),
  );
}

/** The texts without the numbers that the provider refuses one by one. Refused numbers are not charged. */
function leaveOutRefused(provider: Provider, call: Call, texts: Text[]) {
  const total = texts.reduce((sum, { numbers }) => sum + numbers.length, 0);
  const limit = call.strike.has('halfRefused') ? Math.ceil(total / 2) : total;
  if (limit === total && !hasOutcome(provider, texts, 'refused')) return { taken: texts, refusedCount: 0 };

  let seen = 0;
  const isTaken = (number: string) =>
    seen++ < limit && ruleFor(provider.outcomes, number)?.outcome !== 'refused';
  const taken = texts.map((text) => {
    const indexes = [...text.numbers.keys()].filter((index) => isTaken(text.numbers[index] ?? ''));
    return { ...text, numbers: pick(text.numbers, indexes), orderIds: pick(text.orderIds, indexes) };
  });
  return { taken, refusedCount: total - taken.reduce((sum, { numbers }) => sum + numbers.length, 0) };
}

function pick(list: string[], indexes: number[]): string[] {
  return list.length === 0 ? [] : indexes.map((index) => list[index] ?? '');
}

function accept(provider: Provider, call: Call, appId: string, text: Text): AcceptedItem[] {
  const { messages, ledger, reports } = provider;
  const isInstant = call.strike.has('reportsEarly');
  return text.numbers.map((number, position) => {
    const orderId = text.orderIds[position] ?? '';
    const attempt = ledger.accept(number, orderId);
    const { content, senderId } = text;
    const index = messages.accept({ appId, number, orderId, content, senderId, attempt, isInstant });
    reports.add(index);
    return { msgId: messages.idOf(index), number, orderId };
  });
}
