import { getAccountBalance } from '../../batches/get-account-balance';
import { ChannelError } from '../../channels/channel';
import type { Message } from '../block-kit';
import { refusal, SENDING_CHANNEL, type Visit } from '../desk';
import { balanceAnswer, plainAnswer } from '../messages/answers';
import { explainChannelError } from '../messages/batch-reason';

/** `/sms balance`: what the person's account can spend, asked of the provider now. */
export async function showBalance(visit: Visit): Promise<Message> {
  const refused = refusal(visit, 'balance');
  if (refused) return refused;
  const { post, tenantId, person, words } = visit;
  try {
    const account = { tenantId, userId: person.id, channel: SENDING_CHANNEL };
    return balanceAnswer(words, await getAccountBalance(post.heart, account));
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return plainAnswer(explainChannelError(words, error));
  }
}
