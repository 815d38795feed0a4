import { createHash, timingSafeEqual } from 'node:crypto';
import type { Log } from '../../log';
import { notFound, type Route, send } from '../server';
import { within } from '../within';
import { groupCommit } from './group-commit';
import { readBody } from './read-body';

/** A report has about 300 bytes; a list of 3,000 of them fits. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_OPEN = 256;
/** Bodies that are held at once, however many: more are asked to come again. One statement inserts at most as much. */
const MAX_HELD_BYTES = 32 * 1024 * 1024;
const MAX_WRITE_BYTES = 4 * 1024 * 1024;
/** Longer than any commit: whoever pushes does not wait for a database that is away, and pushes again. */
const ANSWER_WITHIN_MS = 5_000;
const TRY_AGAIN_AFTER_S = 2;

export interface WebhookReceiver {
  /** What the last part of the path must be. */
  secret: string;
  /** Stores bodies, all or none; settles when they are safe. */
  land(bodies: string[]): Promise<void>;
  log: Log;
  /** Requests that may be open at once; more are asked to come again. */
  maxOpen?: number;
  maxHeldBytes?: number;
  answerWithinMs?: number;
}

/**
 * Takes what a provider pushes: lands it as it is and answers 200 when it is safe, in as few milliseconds as a
 * commit takes. What cannot be landed is answered 503, which makes the provider push it again; what it never
 * pushes again, polling finds. Without the secret nothing is here: 404, as everywhere else.
 */
export function receiveWebhooks({
  secret,
  land,
  log,
  maxOpen = MAX_OPEN,
  maxHeldBytes = MAX_HELD_BYTES,
  answerWithinMs = ANSWER_WITHIN_MS,
}: WebhookReceiver): Route {
  const isSecret = compareTo(secret);
  const landOne = groupCommit(land, (body: string) => body.length, MAX_WRITE_BYTES);
  let open = 0;
  let heldBytes = 0;

  return async (request, response, rest) => {
    if (!isSecret(rest)) return notFound(request, response, rest);
    // A body whose length is not told may be as long as any.
    const bytes = Math.min(MAX_BODY_BYTES, Number(request.headers['content-length'] ?? MAX_BODY_BYTES));
    if (open >= maxOpen || heldBytes + bytes > maxHeldBytes) return comeAgain();
    hold(1, bytes);
    const body = await readBody(request, MAX_BODY_BYTES).catch((error: unknown) => {
      hold(-1, -bytes);
      throw error;
    });
    if (body === null) {
      hold(-1, -bytes);
      return send(response, 413, { error: 'too large' }, { connection: 'close' });
    }
    // It is held until it is landed or given up, whether somebody still waits for the answer or not.
    const landed = landOne(body)
      .then(() => true, noteFailure)
      .finally(() => hold(-1, -bytes));
    return (await within(answerWithinMs, landed)) ? send(response, 200, {}) : comeAgain();

    function comeAgain(): void {
      send(response, 503, { error: 'busy' }, { 'retry-after': String(TRY_AGAIN_AFTER_S) });
    }
  };

  function hold(requests: number, bytes: number): void {
    open += requests;
    heldBytes += bytes;
  }

  function noteFailure(error: unknown): false {
    log.warn({ err: error }, 'what the provider pushed could not be stored; it was asked to push it again');
    return false;
  }
}

/** Constant-time: digests of one length are compared, whatever was guessed. */
function compareTo(secret: string): (guess: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return (guess) => timingSafeEqual(digest(guess), expected);
}
