import { getAccountBalance } from '../../../batches/views/get-account-balance';
import { ProviderError } from '../../../providers/sms-provider';
import type { SlackMessage } from '../../blocks/block-kit';
import { balanceReply, plainReply } from '../../blocks/messages/replies';
import { explainProviderError } from '../../blocks/parts/explain-reason';
import { type RequestContext, refusal, SENDING_PROVIDER } from '../request-context';

/** `/sms balance`: asks the provider what the person's account can spend. */
export async function showBalance(request: RequestContext): Promise<SlackMessage> {
  const refused = refusal(request, 'balance');
  if (refused) return refused;
  const { slack, tenantId, person, words } = request;
  try {
    const account = { tenantId, userId: person.id, provider: SENDING_PROVIDER };
    return balanceReply(words, await getAccountBalance(slack.app, account));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return plainReply(explainProviderError(words, error));
  }
}
