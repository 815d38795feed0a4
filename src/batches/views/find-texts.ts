import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import { sightsOf } from '../authority/sight';
import { writeAudit } from '../store/audit';
import { authoriseReading } from '../store/find-for-act';
import { inSearchTurn } from './in-search-turn';
import { listBatchesTo, listSentTexts, type SentText } from './sent-texts.sql';

export type { SentText };

/** The newest batches to one number that a search looks at: more than anybody reads, and one question about who may. */
const MOST_BATCHES = 1_000;

interface FoundTexts {
  texts: SentText[];
  /** How many there are, in the batches that whoever asks may read. */
  total: number;
  /** How many batches have texts to this number that whoever asks may not read. */
  hiddenBatches: number;
}

/**
 * The newest `limit` texts that a workspace has sent to a number (E.164), in batches that whoever asks may read, the
 * newest 1,000. The audit log records that somebody searched, but not the number.
 */
export async function findTexts(
  app: AppContext,
  actor: Actor,
  { number, limit }: { number: string; limit: number },
): Promise<FoundTexts> {
  const db = readsOf(app, actor);
  const reader = await authoriseReading(db, actor, 'find');
  const { tenantId } = actor;
  const batches = await inSearchTurn(app, actor, () =>
    listBatchesTo(db, { tenantId, number, limit: MOST_BATCHES }),
  );
  // Between the two: no place is held while a door is asked.
  const sights = await sightsOf(app, batches, reader);
  const readable = batches.filter((_, index) => sights[index] === 'all').map(({ id }) => id);
  const found = await inSearchTurn(app, actor, () =>
    listSentTexts(db, { number, limit, batchIds: readable }),
  );
  const hiddenBatches = batches.length - readable.length;
  const event = { batchId: null, action: 'recipient.find', detail: { found: found.total, hiddenBatches } };
  await app.db.transaction((trx) => writeAudit(trx, actor, event));
  return { ...found, hiddenBatches };
}
