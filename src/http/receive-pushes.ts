import { createHash, timingSafeEqual } from 'node:crypto';
import type { Log } from '../log';
import { gatherWrites } from './gather-writes';
import { readBody } from './read-body';
import { notFound, type Route, send } from './server';

/** A report has about 300 bytes; a list of 3,000 of them fits. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_OPEN = 256;
const TRY_AGAIN_AFTER_S = 2;

export interface PushReceiver {
  /** What the last part of the path must be. */
  secret: string;
  /** Stores bodies, all or none; settles when they are safe. */
  land(bodies: string[]): Promise<void>;
  log: Log;
  /** Requests that may be open at once; more are asked to come again. */
  maxOpen?: number;
}

/**
 * Takes what a provider pushes: lands it as it is and answers 200 when it is safe, in as few milliseconds as a
 * commit takes. What cannot be landed is answered 503, which makes the provider push it again; what it never
 * pushes again, polling finds. Without the secret nothing is here: 404, as everywhere else.
 */
export function receivePushes({ secret, land, log, maxOpen = MAX_OPEN }: PushReceiver): Route {
  const isSecret = compareTo(secret);
  const landOne = gatherWrites(land);
  let open = 0;

  return async (request, response, rest) => {
    if (!isSecret(rest)) return notFound(request, response, rest);
    if (open >= maxOpen) return comeAgain();
    open += 1;
    try {
      const body = await readBody(request, MAX_BODY_BYTES);
      if (body === null) {
        return send(response, 413, { error: 'too large' }, { connection: 'close' });
      }
      const isLanded = await landOne(body).then(() => true, noteFailure);
      return isLanded ? send(response, 200, {}) : comeAgain();
    } finally {
      open -= 1;
    }

    function comeAgain(): void {
      send(response, 503, { error: 'busy' }, { 'retry-after': String(TRY_AGAIN_AFTER_S) });
    }
  };

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
