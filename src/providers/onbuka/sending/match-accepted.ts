import type { z } from 'zod';
import type { OutgoingSms, SendOutcome } from '../../sms-provider';
import { sendReply } from '../http/replies';

type Entry = z.output<typeof sendReply>['array'][number];

/**
 * Ties the reply of an accepted request back to its messages, by order id and, where an entry has none, by number.
 * A message is accepted when all that the reply says of it agrees: one message id, that no other message has, for
 * the right number. It is refused when the reply does not name it and the reply's own counts say so. All else is
 * unclear, since a message that was sent must never be taken for one that was not.
 */
export function matchAccepted(messages: OutgoingSms[], body: unknown): SendOutcome {
  const reply = sendReply.safeParse(body);
  if (!reply.success) {
    return {
      kind: 'unknown',
      cause: 'unreadable_reply',
      reason: 'the reply does not list what was accepted',
    };
  }
  const { success, fail, array } = reply.data;
  const claims = collectClaims(messages, array);
  const holders = countHolders(claims);
  const accepted: { orderId: string; messageId: string }[] = [];
  const missing: { orderId: string }[] = [];
  const unclear: { orderId: string }[] = [];
  for (const { orderId } of messages) {
    const claimed = claims.get(orderId);
    const [messageId, ...others] = claimed ?? [];
    if (claimed === undefined) missing.push({ orderId });
    else if (messageId && others.length === 0 && holders.get(messageId) === 1)
      accepted.push({ orderId, messageId });
    else unclear.push({ orderId });
  }
  // An entry that is not ours, or that could not be tied, might be a missing message in disguise.
  const isAllOurs = array.length === accepted.length;
  const countsAgree = isAllOurs && success === accepted.length && fail === missing.length;
  if (!countsAgree) return { kind: 'accepted', accepted, refused: [], unclear: [...unclear, ...missing] };
  const reason = 'the provider did not accept this number';
  return {
    kind: 'accepted',
    accepted,
    refused: missing.map(({ orderId }) => ({ orderId, reason })),
    unclear,
  };
}

/**
 * By order id, the message ids that the reply gives the message. Null among them stands for an entry that names the
 * message and contradicts itself or says nothing.
 */
function collectClaims(messages: OutgoingSms[], entries: Entry[]): Map<string, Set<string | null>> {
  const byOrderId = new Map(messages.map((message) => [message.orderId, message]));
  const byNumber = new Map<string, OutgoingSms[]>();
  for (const message of messages) {
    byNumber.set(message.recipientNumber, [...(byNumber.get(message.recipientNumber) ?? []), message]);
  }
  const claims = new Map<string, Set<string | null>>();
  const claim = (orderId: string, messageId: string | null) => {
    claims.set(orderId, (claims.get(orderId) ?? new Set()).add(messageId));
  };
  for (const entry of entries) {
    if (entry === null) continue;
    const { orderid: orderId, number, msgid: messageId } = entry;
    const named = orderId === null ? undefined : byOrderId.get(orderId);
    const numbered = number === null ? [] : (byNumber.get(number) ?? []);
    const [only, ...others] = numbered;
    if (named && (number === null || number === named.recipientNumber)) claim(named.orderId, messageId);
    else if (orderId === null && only && others.length === 0) claim(only.orderId, messageId);
    else for (const message of named ? [named, ...numbered] : numbered) claim(message.orderId, null);
  }
  return claims;
}

function countHolders(claims: Map<string, Set<string | null>>): Map<string | null, number> {
  const holders = new Map<string | null, number>();
  for (const messageIds of claims.values()) {
    for (const messageId of messageIds) holders.set(messageId, (holders.get(messageId) ?? 0) + 1);
  }
  return holders;
}
