import type { Readable } from 'node:stream';
import axios from 'axios';
import type { CallOptions } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import type { CallResult } from './call-result';
import { createConnections } from './connections';
import { explainNetworkFault } from './network-faults';
import { readRetryAfterMs } from './retry-after';
import { signHeaders } from './sign';

const MAX_REPLY_BYTES = 4 * 1024 * 1024;
/** 1000 different texts of 1024 characters, four bytes each, with room for the JSON around them. */
const MAX_REQUEST_BYTES = 8 * 1024 * 1024;

/** One request to the provider, without credentials. */
export interface ProviderCall {
  method: 'GET' | 'POST';
  /** Relative to the base URL, with a leading slash. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** The longest reply, decompressed. Default: 4 MiB. */
  maxReplyBytes?: number;
}

export interface CallSettings {
  /** From the call to the last byte of the reply. The call's own options override it. */
  timeoutMs: number;
  connectTimeoutMs: number;
  /** Milliseconds since 1970; signs requests. */
  now: () => number;
}

export type Call = (
  account: BukaAccount,
  request: ProviderCall,
  options?: CallOptions,
) => Promise<CallResult>;

/**
 * Returns a function that signs and makes one HTTP request: no retry, no redirect, no proxy from the environment. It
 * never throws. No axios error leaves this file: it contains the headers with the API key and the signature.
 */
export function createCall(settings: CallSettings): Call {
  const { httpAgent, httpsAgent, open } = createConnections(settings.connectTimeoutMs);
  const client = axios.create({
    adapter: 'http',
    httpAgent,
    httpsAgent,
    proxy: false,
    maxRedirects: 0,
    maxBodyLength: MAX_REQUEST_BYTES,
    responseType: 'stream',
    validateStatus: () => true,
  });

  return async function call(account, request, options = {}) {
    const url = locate(account.baseUrl, request);
    if (url === null) {
      return {
        kind: 'unsent',
        code: 'base_url_invalid',
        fault: 'account',
        reason: 'the base URL is not a web address',
      };
    }
    if (options.signal?.aborted) {
      return {
        kind: 'unsent',
        code: 'cancelled',
        fault: 'retryable',
        reason: 'cancelled before it was sent',
      };
    }
    const timeoutMs = options.timeoutMs ?? settings.timeoutMs;
    const deadline = AbortSignal.timeout(timeoutMs);
    const connection = open(url.protocol);
    try {
      const reply = await client.request<Readable>({
        method: request.method,
        url: url.href,
        headers: signHeaders(account, settings.now()),
        data: request.body,
        signal: options.signal ? AbortSignal.any([deadline, options.signal]) : deadline,
        transport: connection.transport,
      });
      const text = await readText(reply.data, request.maxReplyBytes ?? MAX_REPLY_BYTES);
      if (text === null) return { kind: 'lost', cause: 'unreadable_reply', reason: 'the reply is too large' };
      const retryAfterMs = readRetryAfterMs(reply.headers['retry-after'], settings.now());
      return { kind: 'replied', httpStatus: reply.status, text, retryAfterMs };
    } catch (error) {
      if (options.signal?.aborted) {
        return { kind: 'lost', cause: 'connection_lost', reason: 'cancelled while waiting for the reply' };
      }
      if (deadline.aborted) {
        return { kind: 'lost', cause: 'timeout', reason: `no whole reply within ${timeoutMs} ms` };
      }
      return explainNetworkFault(error, connection.wasEstablished());
    }
  };
}

function locate(baseUrl: string, { path, query }: ProviderCall): URL | null {
  const search = query ? `?${new URLSearchParams(query)}` : '';
  const address = `${baseUrl.trim().replace(/(?<!\/)\/+$/, '')}${path}${search}`;
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address) : null;
}

/** Null when the body has more than `maxBytes`; leaving the loop early closes the connection. */
async function readText(body: Readable, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    byteCount += chunk.length;
    if (byteCount > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
