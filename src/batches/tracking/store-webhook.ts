import type { AppContext } from '../app-context';
import { enqueueInbox } from '../enqueue-jobs';
import { addToInbox, type InboxKey } from '../store/webhook-inbox';

/** Webhooks that come within this time are applied together. */
const GATHER_MS = 250;

/**
 * Stores the bodies of webhooks as they came and enqueues the job that applies them, both or neither. Nothing
 * parses them here, so that no body can keep another from being stored.
 */
export async function storeWebhooks(app: AppContext, key: InboxKey, bodies: string[]): Promise<void> {
  await app.db.transaction(async (trx) => {
    await addToInbox(trx, key, bodies.map(withoutNul));
    await enqueueInbox(trx, key, GATHER_MS);
  });
}

/** Postgres' text cannot hold NUL: removes it, and its JSON escape, which parsing would turn into one. */
function withoutNul(body: string): string {
  return body.replace(/(\\[^u])|\0|\\u0000/g, '$1');
}
