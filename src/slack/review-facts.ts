import type { BatchSummary, Review } from '../batches/batch';
import { quoteCost } from '../batches/estimate-cost';
import { getAccountBalance } from '../batches/get-account-balance';
import { ChannelError } from '../channels/channel';
import { countSegments } from '../content/segments';
import { explainChannelError } from './messages/batch-reason';
import type { ChannelAccess, ReviewView } from './messages/review-blocks';
import { slackFaultOf } from './slack-fault';
import type { SlackPost } from './slack-post';
import type { Words } from './words/en';

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
    askAccess(post, review.slackChannelId),
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

/** Whether the bot may write in a channel. A private channel that it is not in does not exist for it. */
async function askAccess(post: SlackPost, channelId: string): Promise<ChannelAccess> {
  try {
    const { channel } = await post.client.conversations.info({ channel: channelId });
    if (channel?.is_archived) return 'archived';
    return channel?.is_member === false ? 'not_member' : 'ok';
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault) throw error;
    return fault.kind === 'refused' && fault.error === 'channel_not_found' ? 'not_found' : 'unknown';
  }
}
