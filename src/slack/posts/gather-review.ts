import type { BatchSummary, Review } from '../../batches/batch';
import { estimateReviewCost } from '../../batches/costs/estimate-cost';
import { getAccountBalance } from '../../batches/views/get-account-balance';
import { countSegments } from '../../content/segments';
import { ProviderError } from '../../providers/sms-provider';
import type { Words } from '../../words/en';
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
): Promise<ReviewView> {
  const account = { tenantId: summary.tenantId, userId: summary.sender.userId, provider: summary.provider };
  const { segments } = countSegments(review.content);
  const [balance, estimate, access, identity] = await Promise.all([
    getBalanceOrReason(slack, words, account),
    estimateReviewCost(slack.app, { ...account, batchId: summary.id, countries: review.countries, segments }),
    checkChannelAccess(slack.client, review.slackChannelId),
    slack.identity(),
  ]);
  return { review, balance, estimate, access, botName: identity.botName };
}

/** What the account can spend, or why that is not known, in the reader's language. */
export async function getBalanceOrReason(
  slack: SlackClients,
  words: Words,
  account: { tenantId: string; userId: string; provider: string },
): Promise<ReviewView['balance']> {
  try {
    const { spendable } = await getAccountBalance(slack.app, account);
    return { spendable };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { unknown: explainProviderError(words, error) };
  }
}
