import { inSnapshot } from '../../db/in-snapshot';
import type { MessageStatus, ProviderError } from '../../providers/sms-provider';
import type { Actor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import type { Counts, LiveStatus } from '../batch';
import { openClient } from '../provider/open-client';
import { asItSent, PERSON_TURN, type ProviderClient } from '../provider/provider-client';
import { listOpen, type OpenRecipient } from '../store/recipients';
import { readBatchView } from './get-batch-view';

/** Questions at once: a person waits. */
const CONCURRENCY = 4;

/**
 * Asks the providers now about every text of the batch without a final outcome, and returns the counts as they would
 * be. Stores nothing. Null where the workspace has no such batch, or it is a draft. Throws ProviderError where one of
 * them does not answer.
 */
export async function getBatchMessageStatus(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<LiveStatus | null> {
  // Of one moment: an outcome that is recorded between the two would be counted twice.
  const stored = await inSnapshot(app.db, async (db) => {
    const view = await readBatchView(db, actor, 'refresh', batchId);
    return view && { view, open: await listOpen(db, view.summary.id) };
  });
  if (!stored) return null;
  const { view, open } = stored;
  const { summary } = view;
  const counts: Counts = { ...summary.counts };
  let notFound = 0;
  for (const { accountId, subAccount, texts } of groupBySender(open)) {
    const { tenantId, sender } = summary;
    const today = await openClient(app, { tenantId, userId: sender.userId, accountId });
    const client = { ...today, account: asItSent(today.account, subAccount) };
    const statusOf = new Map(texts.map((one) => [one.provider_message_id, one.status]));
    for (const { messageId, status } of await askAll(app, client, [...statusOf.keys()])) {
      const before = statusOf.get(messageId);
      if (status === 'unknown') notFound += 1;
      if (!before || status === 'unknown' || status === before) continue;
      counts[before] -= 1;
      counts[status] += 1;
    }
  }
  return { ...view, counts, askedAt: new Date(), asked: open.length, notFound };
}

interface SentTexts {
  accountId: string;
  /** Null: not known. */
  subAccount: string | null;
  texts: OpenRecipient[];
}

function groupBySender(open: OpenRecipient[]): SentTexts[] {
  const groups: SentTexts[] = [];
  for (const one of open) {
    const { account_id: accountId, sub_account: subAccount } = one;
    const group = groups.find((known) => known.accountId === accountId && known.subAccount === subAccount);
    if (group) group.texts.push(one);
    else groups.push({ accountId, subAccount, texts: [one] });
  }
  return groups;
}

async function askAll(
  app: AppContext,
  { provider, account, ask }: ProviderClient,
  messageIds: string[],
): Promise<MessageStatus[]> {
  const { idsPerQuestion } = provider.capabilities;
  const results: MessageStatus[][] = [];
  let next = 0;
  const failures: ProviderError[] = [];
  let hasFailed = false;
  const work = async () => {
    while (next < messageIds.length && !hasFailed) {
      const ids = messageIds.slice(next, next + idsPerQuestion);
      next += idsPerQuestion;
      // At once: the client may have to pause the account before it returns the failure.
      const noteFailure = (error: unknown) => {
        hasFailed = true;
        throw error;
      };
      const question = () =>
        provider.queryMessageStatusByIds(account, ids, { signal: app.stopping }).catch(noteFailure);
      const answer = await ask(PERSON_TURN, question);
      if ('result' in answer) results.push(answer.result.results);
      else {
        hasFailed = true;
        failures.push(answer.error);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  // The provider's own, where there is one: others are often only that the account is then paused.
  const failure = failures.find(({ code }) => code !== 'turn') ?? failures[0];
  if (failure) throw failure;
  return results.flat();
}
