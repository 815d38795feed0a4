import type { CallOptions, OutgoingSms } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import type { Answer, Ask } from '../http/ask';
import { fromE164 } from '../numbers';

/** Texts with the same content, one for each recipient. */
export type ContentGroup = [OutgoingSms, ...OutgoingSms[]];

/** POST /sendSms: one content to at most 1000 numbers. */
export function sendSms(
  ask: Ask,
  account: BukaAccount,
  group: ContentGroup,
  senderId?: string,
  options?: CallOptions,
): Promise<Answer> {
  const body = { appId: account.appId, ...writeGroup(group, senderId) };
  return ask(account, { method: 'POST', path: '/sendSms', body }, options);
}

/** POST /sendSms/batch: several contents, to at most 1000 numbers over the whole request. */
export function sendSmsGroups(
  ask: Ask,
  account: BukaAccount,
  groups: ContentGroup[],
  senderId?: string,
  options?: CallOptions,
): Promise<Answer> {
  const body = { appId: account.appId, array: groups.map((group) => writeGroup(group, senderId)) };
  return ask(account, { method: 'POST', path: '/sendSms/batch', body }, options);
}

function writeGroup(group: ContentGroup, senderId?: string) {
  return {
    numbers: group.map((message) => fromE164(message.recipientNumber)).join(','),
    content: group[0].content,
    ...(senderId ? { senderId } : {}),
    orderId: group.map((message) => message.orderId).join(','),
  };
}
