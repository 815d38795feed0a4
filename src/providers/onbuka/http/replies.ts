import { z } from 'zod';
import { readNumber } from '../numbers';
import { readTime } from '../times';

/**
 * The shapes of what the provider writes, keys folded by `parseExactJson`. A field that is missing, empty or of a
 * wrong kind is null: only what a reply cannot do without makes it unreadable.
 */

/** Text or number, as text. A number beyond 2^53 was rounded before it came here and is no id any more: null. */
export const word = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => {
    if (typeof value === 'number' && !isExact(value)) return null;
    return String(value ?? '').trim() || null;
  });

export const count = word.transform((text) => (text !== null && /^\d+$/.test(text) ? Number(text) : null));
export const decimal = word.transform((text) =>
  text !== null && /^-?\d+(\.\d+)?$/.test(text) ? text : null,
);
export const phoneNumber = word.transform(readNumber);
export const time = word.transform(readTime);

export const replyHead = z.object({ status: word, reason: word });

/** POST /sendSms and /sendSms/batch: the numbers that were accepted. */
export const sendReply = z.object({
  success: count,
  fail: count,
  array: z
    .array(z.object({ msgid: word, number: phoneNumber, orderid: word }).nullable().catch(null))
    .nullish()
    .catch(null)
    .transform((entries) => entries ?? []),
});

/** GET /getReport and /getSentRcd: one message. Without its id it belongs to nothing. */
export const messageRecord = z.object({
  msgid: word.pipe(z.string()),
  number: phoneNumber,
  receivetime: time,
  status: word,
});

function isExact(value: number): boolean {
  return Number.isSafeInteger(value) || !Number.isInteger(value);
}
