import { createHash, timingSafeEqual } from 'node:crypto';
import type { Log } from '../../log';
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
  /** The last part of the path must equal it. */
  secret: string;
  /** Stores bodies in the webhook inbox, all or none; resolves when they are committed. */
  store(bodies: string[]): Promise<void>;
  log: Log;
  /** Requests that may be open at once; more are answered 503. */
  maxOpen?: number;
  maxHeldBytes?: number;
  answerWithinMs?: number;
}

/**
 * A route for a provider's webhooks. It stores each body as it is and answers 200 once it is committed, so the answer
 * takes as long as a commit. A body that cannot be stored is answered 503, and the provider sends it again; if it
 * never does, polling finds the outcome. A wrong secret is answered 404, like any unknown path.
 */
export function receiveWebhooks({
  secret,
  store,
  log,
  maxOpen = MAX_OPEN,
  maxHeldBytes = MAX_HELD_BYTES,
  answerWithinMs = ANSWER_WITHIN_MS,
}: WebhookReceiver): Route {
  const isSecret = compareTo(secret);
  const storeOne = groupCommit(store, (body: string) => body.length, MAX_WRITE_BYTES);
  let open = 0;
  let heldBytes = 0;

  return async (request, response, rest) => {
    if (!isSecret(rest)) return notFound(request, response, rest);
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
    const stored = storeOne(body)
      .then(() => true, noteFailure)
      .finally(() => hold(-1, -bytes));
    return (await within(answerWithinMs, stored)) ? send(response, 200, {}) : answerBusy();

    function answerBusy(): void {
      send(response, 503, { error: 'busy' }, { 'retry-after': String(RETRY_AFTER_S) });
    }
  };

  function hold(requests: number, bytes: number): void {
    open += requests;
    heldBytes += bytes;
  }

  function noteFailure(error: unknown): false {
    log.warn({ err: error }, 'a webhook could not be stored; the provider was asked to send it again');
    return false;
  }
}

/** Compares in constant time: digests have one length, whatever the guess has. */
function compareTo(secret: string): (guess: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return (guess) => timingSafeEqual(digest(guess), expected);
}
