import type { MessageStatus, MessageStatusName } from '../../sms-provider';
import { messageRecord } from '../http/reply-schemas';

/** Buka's records name no order id. */
export type MessageRecord = MessageStatus & { orderId: null };

/** `failed` is 1 in /getReport and 2 in /getSentRcd. Any other value is unknown, never failed. */
const STATUS_NAMES: Readonly<Record<string, MessageStatusName>> = {
  '0': 'delivered',
  '-1': 'sending',
  '1': 'failed',
  '2': 'failed',
};

/** Null when the record has no message id. */
export function readRecord(value: unknown): MessageRecord | null {
  const record = messageRecord.safeParse(value);
  if (!record.success) return null;
  const { msgid, number, status, receivetime } = record.data;
  return {
    messageId: msgid,
    orderId: null,
    recipientNumber: number ?? '',
    status: STATUS_NAMES[status ?? ''] ?? 'unknown',
    sendTime: receivetime,
  };
}
