import { getAccountBalance } from '../../../batches/views/get-account-balance';
import { ChannelError } from '../../../providers/sms-provider';
import type { Message } from '../../blocks/block-kit';
import { balanceAnswer, plainAnswer } from '../../blocks/messages/replies';
import { explainChannelError } from '../../blocks/parts/explain-reason';
import { refusal, SENDING_CHANNEL, type Visit } from '../request';

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
