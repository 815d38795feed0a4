import { getAccountBalance } from '../../../batches/views/get-account-balance';
import { ProviderError } from '../../../providers/sms-provider';
import type { SlackMessage } from '../../blocks/block-kit';
import { balanceReply, plainReply } from '../../blocks/messages/replies';
import { explainProviderError } from '../../blocks/parts/explain-reason';
import type { RequestContext } from '../request-context';

/** `/sms balance`: asks the provider what the person's account can spend. */
export async function showBalance(request: RequestContext): Promise<SlackMessage> {
  const { slack, actor, words } = request;
  try {
    const own = { userId: actor.userId, accountId: null };
    return balanceReply(words, await getAccountBalance(slack.app, actor, own));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return plainReply(explainProviderError(words, error));
  }
}
