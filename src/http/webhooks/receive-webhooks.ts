import type { IncomingMessage } from 'node:http';
import type { Log } from '../../log';
import type { ReceivedWebhook, WebhookRequest } from '../../providers/provider-webhooks';
import { notFound, type Route, send } from '../server';
import { within } from '../within-deadline';
import { groupCommit } from './group-commit';
import { readBody } from './read-body';

/** A report has about 300 bytes; a list of 3,000 of them fits. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_OPEN = 256;
/** All bodies in memory at once; beyond it a request is answered 503. */
const MAX_HELD_BYTES = 32 * 1024 * 1024;
/** Bodies that one statement inserts. */
const MAX_WRITE_BYTES = 4 * 1024 * 1024;
/** Longer than any commit. When the database hangs, the provider gets a 503 and sends the webhook again later. */
const ANSWER_WITHIN_MS = 5_000;
const RETRY_AFTER_S = 2;

export interface WebhookReceiver {
  /** The beginning of every URL, as the provider knows it: it may sign the whole URL. */
  publicUrl: string;
  /** False where the provider cannot have sent it: its body is not read. */
  expects(request: Omit<WebhookRequest, 'rawBody'>): boolean;
  /** What the provider sent; null where nothing proves that it did. Rejects where that cannot be decided now. */
  receive(request: WebhookRequest): Promise<ReceivedWebhook | null>;
  /** Stores webhooks in the inbox, all or none; resolves when they are committed. */
  store(webhooks: ReceivedWebhook[]): Promise<void>;
  log: Log;
  /** Requests that may be open at once; more are answered 503. */
  maxOpen?: number;
  maxHeldBytes?: number;
  answerWithinMs?: number;
}

/**
 * A route for a provider's webhooks. It stores each body as it is and answers 200 once it is committed, so the answer
 * takes as long as a commit. A body that cannot be proved or stored now is answered 503, and the provider sends it
 * again; if it never does, polling finds the outcome. What the provider did not send is answered 404, like any unknown
 * path.
 */
export function receiveWebhooks({
  publicUrl,
  expects,
  receive,
  store,
  log,
  maxOpen = MAX_OPEN,
  maxHeldBytes = MAX_HELD_BYTES,
  answerWithinMs = ANSWER_WITHIN_MS,
}: WebhookReceiver): Route {
  const storeOne = groupCommit(store, ({ body }: ReceivedWebhook) => body.length, MAX_WRITE_BYTES);
  let open = 0;
  let heldBytes = 0;

  return async (request, response, rest) => {
    const head = headOf(publicUrl, request);
    if (!expects(head)) return notFound(request, response, rest);
    // Without a content-length, count the longest body allowed.
    const bytes = Math.min(MAX_BODY_BYTES, Number(request.headers['content-length'] ?? MAX_BODY_BYTES));
    if (open >= maxOpen || heldBytes + bytes > maxHeldBytes) return answerBusy();
    hold(1, bytes);
    const body = await readBody(request, MAX_BODY_BYTES).catch((error: unknown) => {
      hold(-1, -bytes);
      throw error;
    });
    if (body === null) {
      hold(-1, -bytes);
      return send(response, 413, { error: 'too large' }, { connection: 'close' });
    }
    // The body counts until it is stored or has failed, even when the client no longer waits for the answer.
    const taken = take({ ...head, rawBody: body }).finally(() => hold(-1, -bytes));
    const isStored = await within(answerWithinMs, taken);
    if (isStored === null) return notFound(request, response, rest);
    return isStored ? send(response, 200, {}) : answerBusy();

    function answerBusy(): void {
      send(response, 503, { error: 'busy' }, { 'retry-after': String(RETRY_AFTER_S) });
    }
  };

  function hold(requests: number, bytes: number): void {
    open += requests;
    heldBytes += bytes;
  }

  /** Whether it is stored; null where the provider did not send it. */
  async function take(request: WebhookRequest): Promise<boolean | null> {
    try {
      const webhook = await receive(request);
      if (webhook === null) return null;
      await storeOne(webhook);
      return true;
    } catch (error) {
      log.warn({ err: error }, 'a webhook could not be stored; the provider was asked to send it again');
      return false;
    }
  }
}

function headOf(publicUrl: string, request: IncomingMessage): Omit<WebhookRequest, 'rawBody'> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  return { url: `${publicUrl}${request.url ?? '/'}`, headers };
}
