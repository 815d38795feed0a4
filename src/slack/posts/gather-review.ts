import type { BatchSummary, Review } from '../../batches/batch';
import { quoteCost } from '../../batches/views/estimate-cost';
import { getAccountBalance } from '../../batches/views/get-account-balance';
import { countSegments } from '../../content/segments';
import { ChannelError } from '../../providers/sms-provider';
import type { Words } from '../../words/en';
import type { ReviewView } from '../blocks/messages/review-blocks';
import { explainChannelError } from '../blocks/parts/explain-reason';
import { askChannelAccess } from '../client/channel-access';
import type { SlackPost } from '../client/slack-clients';

/** What a review tells beyond the list itself: what the account can spend, what it may cost, and whether the report has a place. */
export async function gatherReview(
  post: SlackPost,
  words: Words,
  review: Review,
  summary: BatchSummary,
): Promise<ReviewView> {
  const account = { tenantId: summary.tenantId, userId: summary.sender.userId, channel: summary.channel };
  const { segments } = countSegments(review.content);
  const [balance, estimate, access, identity] = await Promise.all([
    askBalance(post, words, account),
    quoteCost(post.heart, { ...account, batchId: summary.id, countries: review.countries, segments }),
    askChannelAccess(post.client, review.slackChannelId),
    post.identity(),
  ]);
  return { review, balance, estimate, access, botName: identity.botName };
}

/** What the account can spend, or why that is not known, in words. */
export async function askBalance(
  post: SlackPost,
  words: Words,
  account: { tenantId: string; userId: string; channel: string },
): Promise<ReviewView['balance']> {
  try {
    const { spendable } = await getAccountBalance(post.heart, account);
    return { spendable };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { unknown: explainChannelError(words, error) };
  }
}
