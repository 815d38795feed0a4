import { groupBy } from '../../group-by';
import type { MessageStatus, ProviderError } from '../../providers/sms-provider';
import { DONE, type JobResult } from '../../queue/job-result';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { askAboutIds } from '../provider/ask-about-ids';
import { asItSent, createProviderClient, POLL_TURN, senderKey } from '../provider/provider-client';
import { findBatch } from '../store/batches';
import type { TrackedKey } from '../store/detail-table';
import { type AskableRecipient, listAskable } from '../store/recipients';
import { recordOutcomes } from './record-outcomes';

/** Of each status; as many as a refresh asks about. */
const MOST_TEXTS = 10_000;

/**
 * Asks once more about texts of a batch that no poll asks about: those that failed, and, in a completed batch, those that
 * stayed unknown. Records what the provider says now; a `delivered` corrects a `failed`. Throws ProviderError where it does not
 * answer: a later try may be answered.
 */
export async function recheckOutcomes(
  app: AppContext,
  { batchId, accountId }: { batchId: string; accountId: string },
): Promise<JobResult> {
  const batch = await findBatch(app.db, batchId);
  const account = batch && (await app.accounts.find(accountId, batch.user_id));
  if (!batch || !account) return DONE;
  const key = { provider: account.provider, batchId, accountId };
  const statuses = batch.status === 'completed' ? (['failed', 'unknown'] as const) : (['failed'] as const);
  const asked = [];
  for (const status of statuses) asked.push(...(await listAskable(app.db, key, [status], MOST_TEXTS)));
  let unanswered: ProviderError | null = null;
  for (const texts of groupBy(asked, senderKey).values()) {
    const client = createProviderClient(app, asItSent(account, texts[0] as AskableRecipient));
    const ids = texts.map((one) => one.provider_message_id);
    const answers: MessageStatus[] = [];
    const answer = await askAboutIds(app, client, POLL_TURN, ids, {
      onPart: ({ results }) => answers.push(...results),
    });
    await recordAnswers(app, key, texts, answers);
    // One that does not answer holds up no other.
    if (answer.kind === 'not_answered') unanswered ??= answer.why;
  }
  if (unanswered) throw unanswered;
  return DONE;
}

async function recordAnswers(
  app: AppContext,
  key: TrackedKey,
  texts: AskableRecipient[],
  statuses: MessageStatus[],
): Promise<void> {
  const chunks = texts.map((one) => one.chunk);
  const range = {
    ...key,
    first: chunks.reduce((a, b) => Math.min(a, b)),
    last: chunks.reduce((a, b) => Math.max(a, b)),
  };
  await app.db.transaction(async (trx) => {
    await recordOutcomes(trx, range, statuses, 'poll');
    await advanceBatch(app, trx, key.batchId);
  });
}
