import { isObject } from './read-json';
import { Refusal } from './statuses';

const MAX_CONTENT_CHARACTERS = 1024;
const MAX_SENDER_ID_CHARACTERS = 32;
/** A text that contains this word is always refused as sensitive. For tests. */
export const SENSITIVE_WORD = 'sensitive-test-word';

/** One content to several numbers. `orderIds` is empty or as long as `numbers`. */
export interface Text {
  numbers: string[];
  orderIds: string[];
  content: string;
  senderId: string;
}

/** The fields of a send before they are checked. */
export interface RawSend {
  appId: unknown;
  texts: RawText[];
}

interface RawText {
  numbers: unknown;
  content: unknown;
  senderId: unknown;
  orderId: unknown;
}

export function sendFromBody(body: unknown): RawSend {
  const fields = isObject(body) ? body : {};
  return { appId: fields.appId, texts: [textFrom(fields)] };
}

export function sendFromParams(params: URLSearchParams): RawSend {
  return sendFromBody(Object.fromEntries(params));
}

export function sendFromBatchBody(body: unknown): RawSend {
  const { appId, array }: Record<string, unknown> = isObject(body) ? body : {};
  const items: unknown[] = Array.isArray(array) ? array : [];
  return { appId, texts: items.map((item) => textFrom(isObject(item) ? item : {})) };
}

/** The numbers that a request asks for, whether they are well-formed or not. */
export function numbersIn(raw: RawSend): string[] {
  return raw.texts.flatMap(({ numbers }) => split(numbers));
}

/** Throws Refusal for the first error, in the order of the documentation's codes where the order matters. */
export function checkTexts(raw: RawSend, maxNumbers: number): Text[] {
  const count = numbersIn(raw).length;
  if (count === 0) throw new Refusal('-8');
  if (count > maxNumbers) throw new Refusal('-7');
  return raw.texts.map(checkText);
}

function checkText(raw: RawText): Text {
  const numbers = split(raw.numbers);
  const orderIds = split(raw.orderId);
  const content = raw.content;
  const senderId = raw.senderId ?? '';
  if (numbers.length === 0) throw new Refusal('-8');
  if (typeof content !== 'string' || content.trim() === '') throw new Refusal('-4');
  if (content.length > MAX_CONTENT_CHARACTERS) throw new Refusal('-5');
  if (content.includes(SENSITIVE_WORD)) throw new Refusal('-3');
  if (typeof senderId !== 'string' || senderId.length > MAX_SENDER_ID_CHARACTERS) throw new Refusal('-22');
  if (orderIds.length !== 0 && orderIds.length !== numbers.length) throw new Refusal('-22');
  if (!numbers.every(isNumber)) throw new Refusal('-9');
  return { numbers, orderIds, content, senderId };
}

/** Digits with the country code, no `+`; E.164 has at most 15. */
function isNumber(number: string): boolean {
  return /^[1-9]\d{6,14}$/.test(number);
}

function textFrom(fields: Record<string, unknown>): RawText {
  const { numbers, content, senderId, orderId } = fields;
  return { numbers, content, senderId, orderId };
}

function split(list: unknown): string[] {
  return typeof list === 'string' && list !== '' ? list.split(',') : [];
}
