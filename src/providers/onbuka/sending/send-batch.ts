import { allDeferred, allUnclear, type SendOutcome } from '../../send-outcome';
import type { CallOptions, OutgoingSms, SendRequest } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import type { Answer, Ask } from '../http/ask';
import { matchAccepted } from './match-accepted';
import { type ContentGroup, sendSms, sendSmsGroups } from './send-sms';

export const MAX_MESSAGES_PER_SEND = 1000;
/** Of one text. */
export const MAX_CHARACTERS = 1024;
const MAX_ORDER_ID_CHARACTERS = 50;

/**
 * Sends once, in one request: to /sendSms when all contents are equal, else to /sendSms/batch. Faults of the network
 * and the provider are values. Throws `RangeError` before any call when the request itself is invalid.
 */
export async function sendBatch(
  ask: Ask,
  account: BukaAccount,
  { messages, senderId }: SendRequest,
  options?: CallOptions,
): Promise<SendOutcome> {
  assertSendable(messages);
  const groups = groupByContent(messages);
  const [only, ...others] = groups;
  const answer =
    only && others.length === 0
      ? await sendSms(ask, account, only, senderId, options)
      : await sendSmsGroups(ask, account, groups, senderId, options);
  return readOutcome(messages, answer);
}

/** Numbers and order ids are joined by commas: a comma in an order id would shift the order ids of all later numbers. */
function assertSendable(messages: OutgoingSms[]): void {
  if (messages.length < 1 || messages.length > MAX_MESSAGES_PER_SEND) {
    throw new RangeError(`one request takes 1 to ${MAX_MESSAGES_PER_SEND} messages, not ${messages.length}`);
  }
  if (!messages.every(({ recipientNumber }) => /^\+[1-9]\d{4,14}$/.test(recipientNumber))) {
    throw new RangeError('every recipient number must be E.164 with its +');
  }
  const orderIds = new Set(messages.map(({ orderId }) => orderId));
  const areWritable = [...orderIds].every(
    (id) => /^[^,\s]+$/.test(id) && id.length <= MAX_ORDER_ID_CHARACTERS,
  );
  if (!areWritable || orderIds.size < messages.length) {
    throw new RangeError('order ids must be unique, of 1 to 50 characters, without comma or blank');
  }
}

function groupByContent(messages: OutgoingSms[]): ContentGroup[] {
  const groups = new Map<string, ContentGroup>();
  for (const message of messages) {
    const group = groups.get(message.content);
    if (group) group.push(message);
    else groups.set(message.content, [message]);
  }
  return [...groups.values()];
}

function readOutcome(messages: OutgoingSms[], answer: Answer): SendOutcome {
  switch (answer.kind) {
    case 'ok':
      return matchAccepted(messages, answer.body);
    case 'refused': {
      const { fault, code, reason, retryAfterMs } = answer;
      const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
      return allDeferred(messages, { kind: 'rejected', fault, code, reason, ...wait });
    }
    case 'unclear':
      return allUnclear(messages, { kind: 'unclear', cause: answer.cause, reason: answer.reason });
  }
}
