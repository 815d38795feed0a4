import { z } from 'zod';
import { toE164 } from '../numbers';
import { readTime } from '../times';

/**
 * The shapes of the provider's replies, with keys as `parseExactJson` returns them. A field that is missing, empty or
 * of a wrong type becomes null: a reply is unreadable only when it lacks an essential field.
 */

/** Text or number, as text. Null for a number beyond 2^53: it was rounded before, so it is no longer an id. */
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
export const phoneNumber = word.transform(toE164);
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

/** GET /getReport and /getSentRcd: one SMS. A record without an id is unusable. */
export const messageRecord = z.object({
  msgid: word.pipe(z.string()),
  number: phoneNumber,
  receivetime: time,
  status: word,
});

function isExact(value: number): boolean {
  return Number.isSafeInteger(value) || !Number.isInteger(value);
}
