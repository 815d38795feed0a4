import type { ReceivedWebhook } from '../../providers/provider-webhooks';
import type { AppContext } from '../app-context';
import { enqueueInbox } from '../enqueue-jobs';
import { addToInbox } from '../store/webhook-inbox';

/** Webhooks that come within this time are applied together. */
const GATHER_MS = 250;

/**
 * Stores the bodies of webhooks as they came and enqueues the job that applies them, both or neither. Nothing
 * parses them here, so that no body can keep another from being stored. Postgres' text cannot hold NUL, which is removed.
 */
export async function storeWebhooks(
  app: AppContext,
  provider: string,
  webhooks: ReceivedWebhook[],
): Promise<void> {
  await app.db.transaction(async (trx) => {
    for (const kind of ['report', 'inbound'] as const) {
      const some = webhooks.filter((one) => one.kind === kind);
      if (some.length === 0) continue;
      await addToInbox(
        trx,
        { provider, kind },
        some.map((one) => ({ ...one, body: one.body.replaceAll('\0', '') })),
      );
      await enqueueInbox(trx, { provider, kind }, GATHER_MS);
    }
  });
}
