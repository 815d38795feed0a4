import { z } from 'zod';
import type { InboundSms } from '../../provider-webhooks';
import { phoneNumber, time, word } from '../http/reply-schemas';
import { readWebhook } from './webhook-bodies';

/** Field names differ: /recordMo has `number` and `receiveTime`, the webhook has `mobile` and `reply_time`. */
const inboundMessage = z.object({
  msgid: word,
  mobile: phoneNumber,
  number: phoneNumber,
  sendid: word,
  reply_time: time,
  receivetime: time,
  content: z.union([z.string(), z.number().transform(String)]),
});

/** Reads one inbound SMS or a list; see `ProviderWebhooks`. */
export function parseInbound(body: unknown): { messages: InboundSms[]; unreadable: number } {
  const { items, unreadable } = readWebhook(body, readInboundSms);
  return { messages: items, unreadable };
}

/** Null when there is no text. Keys must be lower-cased already. */
export function readInboundSms(value: unknown): InboundSms | null {
  const message = inboundMessage.safeParse(value);
  if (!message.success) return null;
  const { msgid, mobile, number, sendid, reply_time: replyTime, receivetime, content } = message.data;
  return {
    subAccount: null,
    messageId: msgid,
    fromNumber: mobile ?? number,
    toSenderId: sendid,
    content,
    receivedAt: replyTime ?? receivetime,
  };
}
