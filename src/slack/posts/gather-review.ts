import type { BatchSummary, Review } from '../../batches/batch';
import { estimateReviewCost } from '../../batches/costs/estimate-cost';
import { getAccountBalance } from '../../batches/views/get-account-balance';
import { countSegments } from '../../content/segments';
import { type Actor, system } from '../../tenants/actor';
import type { Words } from '../../words/en';
import { unreadableAmounts } from '../blocks/parts/cost-in-words';
import { explainProviderError } from '../blocks/parts/explain-reason';
import type { ReviewView } from '../blocks/parts/review-blocks';
import { checkChannelAccess } from '../client/channel-access';
import type { SlackClients } from '../client/slack-clients';

/**
 * What a review shows beside the list: the balance, the estimated cost, and whether the bot can write in the
 * channel.
 */
export async function gatherReview(
  slack: SlackClients,
  words: Words,
  review: Review,
  summary: BatchSummary,
  channelId: string,
): Promise<ReviewView> {
  const { tenantId, accountId, sender } = summary;
  const { segments } = countSegments(review.content);
  const bot = system(tenantId);
  const [balance, estimate, access] = await Promise.all([
    getBalanceOrReason(slack, words, bot, { userId: sender.userId, accountId }),
    estimateReviewCost(slack.app, bot, { batchId: summary.id, countries: review.countries, segments }),
    checkChannelAccess(slack.client, channelId),
  ]);
  return { review, channelId, balance, estimate, access, botName: slack.workspace.botName };
}

/** What the account can spend, or why that is not known, in the reader's language. */
export async function getBalanceOrReason(
  slack: SlackClients,
  words: Words,
  actor: Actor,
  of: { userId: string; accountId: string | null },
): Promise<ReviewView['balance']> {
  const answer = await getAccountBalance(slack.app, actor, of);
  if (answer.kind === 'not_answered') return { unknown: explainProviderError(words, answer.why) };
  const { spendable, parts } = answer.result;
  return spendable === null ? { unknown: unreadableAmounts(words, parts) } : { spendable };
}
