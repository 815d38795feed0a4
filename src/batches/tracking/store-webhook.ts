import type { AppContext } from '../app-context';
import { enqueueInbox } from '../enqueue-jobs';
import { addToInbox, type InboxKey } from '../store/webhook-inbox';

/** What comes within this time is applied together. */
const GATHER_MS = 250;

/**
 * Stores bodies that a provider pushed, as they came, and asks for them to be applied: both or neither. Nothing
 * is read out of them here, so that nothing in them can keep another from being stored.
 */
export async function storeWebhooks(app: AppContext, key: InboxKey, bodies: string[]): Promise<void> {
  await app.db.transaction(async (trx) => {
    await addToInbox(trx, key, bodies.map(withoutNul));
    await enqueueInbox(trx, key, GATHER_MS);
  });
}

/** The one character that Postgres' text cannot hold, and its escape in JSON, which would be one after parsing. */
function withoutNul(body: string): string {
  return body.replace(/(\\[^u])|\0|\\u0000/g, '$1');
}
