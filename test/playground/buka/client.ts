import { createHash } from 'node:crypto';
import { type Buka, startBuka } from '@bulk-sms/playground/buka/buka';
import type { BukaOptions } from '@bulk-sms/playground/buka/buka-options';

export const APP = { apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['app-1', 'app-2'] };

let open: Buka[] = [];

export async function start(options: Partial<BukaOptions> = {}): Promise<Buka> {
  const buka = await startBuka({ apps: [APP], ...options });
  open.push(buka);
  return buka;
}

/** For `afterEach`. */
export async function closeAll(): Promise<void> {
  const closing = open;
  open = [];
  await Promise.all(closing.map((buka) => buka.close()));
}

export interface CallOptions {
  method?: 'GET' | 'POST';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A signed call, written apart from the product's client. */
export function call(buka: Buka, path: string, options: CallOptions = {}): Promise<Response> {
  const { body, method = body === undefined ? 'GET' : 'POST', signal } = options;
  return fetch(`${buka.url}/${path}`, {
    method,
    headers: { ...signed(), ...options.headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

export function signed(
  seconds = Math.floor(Date.now() / 1000),
  secret = APP.apiSecret,
): Record<string, string> {
  const timestamp = String(seconds);
  return {
    'content-type': 'application/json;charset=UTF-8',
    'api-key': APP.apiKey,
    timestamp,
    sign: createHash('md5').update(`${APP.apiKey}${secret}${timestamp}`).digest('hex'),
  };
}

export interface ReplyBody {
  status: string;
  success: string;
  fail: string;
  sending: string;
  nofound: string;
  balance: string;
  array: { msgId: string; number: string; orderId: string; status: string; receiveTime: string }[];
}

export async function ask(buka: Buka, path: string, options?: CallOptions): Promise<ReplyBody> {
  return (await (await call(buka, path, options)).json()) as ReplyBody;
}

export function numbersFrom(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(first + index));
}

/** Body of a send to `numbers`, with order ids `order-<number>`. */
export function sendTo(numbers: string[], more: Record<string, unknown> = {}) {
  const orderId = numbers.map((number) => `order-${number}`).join(',');
  return { body: { appId: 'app-1', numbers: numbers.join(','), content: 'Hello', orderId, ...more } };
}

export const send = (buka: Buka, numbers: string[], more?: Record<string, unknown>) =>
  ask(buka, 'sendSms', sendTo(numbers, more));
