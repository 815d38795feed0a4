import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** Requests that Slack signs, from the first look at their headers to their handling. */
export interface SignedRequests {
  /**
   * What in the headers alone shows that Slack did not sign this request, or not now. Null: it may have. Cheap: everybody
   * can call it.
   */
  findFlaw(headers: IncomingHttpHeaders, nowMs: number): 'unsigned' | 'malformed_signature' | 'stale' | null;
  isSigned(headers: IncomingHttpHeaders, body: Buffer): boolean;
  /** Handles a request whose body is read. */
  handle(request: IncomingMessage & { rawBody: Buffer }, response: ServerResponse): void;
}

const SIGNATURE = /^v0=[0-9a-f]{64}$/;
const TIME = /^\d{1,12}$/;
/** Slack's own advice, https://docs.slack.dev/authentication/verifying-requests-from-slack */
const MAX_AGE_S = 300;

export const findFlaw: SignedRequests['findFlaw'] = (headers, nowMs) => {
  const { signature, signedAt } = read(headers);
  if (signature === undefined || signedAt === undefined) return 'unsigned';
  if (!SIGNATURE.test(signature) || !TIME.test(signedAt)) return 'malformed_signature';
  return Math.abs(nowMs / 1000 - Number(signedAt)) > MAX_AGE_S ? 'stale' : null;
};

export function isSignedWith(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const { signature = '', signedAt } = read(headers);
  const expected = `v0=${createHmac('sha256', secret).update(`v0:${signedAt}:`).update(body).digest('hex')}`;
  return (
    signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
  );
}

function read(headers: IncomingHttpHeaders): { signature: string | undefined; signedAt: string | undefined } {
  return {
    signature: one(headers['x-slack-signature']),
    signedAt: one(headers['x-slack-request-timestamp']),
  };
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join() : value);
