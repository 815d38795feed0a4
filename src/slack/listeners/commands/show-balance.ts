import { getAccountBalance } from '../../../batches/views/get-account-balance';
import type { SlackMessage } from '../../blocks/block-kit';
import { balanceReply, plainReply } from '../../blocks/messages/replies';
import { explainProviderError } from '../../blocks/parts/explain-reason';
import type { RequestContext } from '../request-context';

/** `/sms balance`: asks the provider what the person's account can spend. */
export async function showBalance(request: RequestContext): Promise<SlackMessage> {
  const { slack, actor, words } = request;
  const own = { userId: actor.userId, accountId: null };
  const answer = await getAccountBalance(slack.app, actor, own);
  return answer.kind === 'answered'
    ? balanceReply(words, answer.result)
    : plainReply(explainProviderError(words, answer.why));
}
