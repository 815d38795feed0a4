import type { Heart } from '../app-context';
import { wakePushes } from '../enqueue-jobs';
import { insertPushes, type PushKind } from './webhook-inbox.sql';

/** What comes within this time is applied together. */
const GATHER_MS = 250;

/**
 * Stores bodies that a provider pushed, as they came, and asks for them to be applied: both or neither. Nothing
 * is read out of them here, so that nothing in them can keep another from being stored.
 */
export async function landPushes(heart: Heart, of: PushKind, bodies: string[]): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await insertPushes(trx, of, bodies.map(withoutNul));
    await wakePushes(trx, of, GATHER_MS);
  });
}

/** The one character that Postgres' text cannot hold, and its escape in JSON, which would be one after parsing. */
function withoutNul(body: string): string {
  return body.replace(/(\\[^u])|\0|\\u0000/g, '$1');
}
