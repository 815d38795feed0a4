import type { z } from 'zod';
import { allUnclear, type SendOutcome } from '../../send-outcome';
import type { OutgoingSms } from '../../sms-provider';
import { sendReply } from '../http/reply-schemas';

type Entry = z.output<typeof sendReply>['array'][number];

/**
 * Matches the reply of an accepted request to its texts, by order id or, for an entry without one, by number. A text is
 * accepted when the reply is consistent about it: the right number and one message id that no other text has. It is
 * refused when the reply does not name it and the reply's own counts agree. Everything else is unclear: a text that
 * was sent must never count as not sent.
 */
export function matchAccepted(messages: OutgoingSms[], body: unknown): SendOutcome {
  const reply = sendReply.safeParse(body);
  if (!reply.success) {
    const reason = 'the reply does not list what was accepted';
    return allUnclear(messages, { kind: 'unclear', cause: 'unreadable_reply', reason });
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
  // An entry that matches no text could belong to a text that seems to be missing.
  const allMatched = array.length === accepted.length;
  const countsAgree = allMatched && success === accepted.length && fail === missing.length;
  const rest = { deferred: [], because: null };
  if (!countsAgree) return { accepted, refused: [], unclear: [...unclear, ...missing], ...rest };
  const reason = 'the provider did not accept this number';
  return { accepted, refused: missing.map(({ orderId }) => ({ orderId, reason })), unclear, ...rest };
}

/**
 * The message ids that the reply gives each text, by order id. Null means an entry that names the text but contradicts
 * itself or has no message id.
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
