import { inSnapshot } from '../../db/in-snapshot';
import { groupBy } from '../../group-by';
import type { MessageStatusList } from '../../providers/sms-provider';
import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import type { BatchSummary, Counts, LiveStatus, SeenView } from '../batch';
import { enqueueRecheck } from '../enqueue-jobs';
import { askAboutIds } from '../provider/ask-about-ids';
import { openClient } from '../provider/open-client';
import { type Answer, asItSent, type NotAnswered, PERSON_TURN, senderKey } from '../provider/provider-client';
import { type AskableRecipient, listAskable } from '../store/recipients';
import { readBatchView, seenBy } from './get-batch-view';

/** Of those who failed, at most this many are asked about once more: a person waits. */
const MOST_FAILED = 10_000;

/**
 * Asks the providers now about every text of the batch without a final outcome, and about those that failed (10,000 at most,
 * the latest first), since a provider may correct itself. Returns the counts as they would be. Stores nothing: where something
 * is news, a job records it. Not answered where nobody could be asked about; where some could not, `notAsked` says how many.
 * Null where the workspace has no such batch, or it is a draft.
 */
export async function getBatchMessageStatus(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<Answer<SeenView & LiveStatus> | null> {
  // Of one moment: an outcome that is recorded between the two would be counted twice.
  const stored = await inSnapshot(readsOf(app, actor), async (db) => {
    const view = await readBatchView(db, actor, 'refresh', batchId);
    if (!view) return null;
    const { id } = view.summary;
    const open = await listAskable(db, { batchId: id }, ['sending', 'unknown']);
    const failed = await listAskable(db, { batchId: id }, ['failed'], MOST_FAILED);
    return { view, asked: [...open, ...failed] };
  });
  if (!stored) return null;
  const { view, asked } = stored;
  const { summary } = view;
  const counts: Counts = { ...summary.counts };
  let notFound = 0;
  let notAsked = 0;
  let notAnswered: NotAnswered | null = null;
  for (const texts of groupBy(asked, senderKey).values()) {
    const answer = await askAbout(app, view.summary, texts);
    if (answer.kind === 'not_answered') {
      notAnswered ??= answer;
      notAsked += texts.length;
      continue;
    }
    const statusOf = new Map(texts.map((one) => [one.provider_message_id, one.status]));
    let isNews = false;
    for (const { messageId, status } of answer.result.results) {
      const before = statusOf.get(messageId);
      if (!before || status === 'unknown' || status === before) continue;
      if (before === 'failed' && status !== 'delivered') continue;
      counts[before] -= 1;
      counts[status] += 1;
      isNews ||= before === 'failed' || summary.status === 'completed';
    }
    notFound += answer.result.totalNotFound;
    if (isNews) await enqueueRecheck(app.db, summary.id, (texts[0] as AskableRecipient).account_id);
  }
  if (notAnswered && notAsked === asked.length) return notAnswered;
  const live = { askedAt: new Date(), asked: asked.length - notAsked, notAsked, notFound };
  const seen = await seenBy(app, actor, view);
  return seen && { kind: 'answered', result: { ...seen, counts, ...live } };
}

/** Texts that were sent with the same. */
async function askAbout(
  app: AppContext,
  { tenantId, sender }: Pick<BatchSummary, 'tenantId' | 'sender'>,
  texts: AskableRecipient[],
): Promise<Answer<MessageStatusList>> {
  const [first] = texts as [AskableRecipient];
  const today = await openClient(app, { tenantId, userId: sender.userId, accountId: first.account_id });
  if (today.kind === 'not_answered') return today;
  const client = { ...today.result, account: asItSent(today.result.account, first) };
  const ids = texts.map((one) => one.provider_message_id);
  return askAboutIds(app, client, PERSON_TURN, ids);
}
