import type { Balance } from '../../providers/sms-provider';
import { type Actor, authorise } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { openClient } from '../provider/open-client';
import { type Answer, PERSON_TURN } from '../provider/provider-client';

/** What an account can spend, and at which provider it is. */
export interface AccountBalance extends Balance {
  provider: string;
}

/**
 * The balance of an account now; `accountId` null: of the workspace's default account. `userId`: whose sub-account, where
 * they have one.
 */
export async function getAccountBalance(
  app: AppContext,
  actor: Actor,
  of: { userId: string; accountId: string | null },
): Promise<Answer<AccountBalance>> {
  authorise(actor, 'balance');
  const client = await openClient(app, { tenantId: actor.tenantId, ...of });
  if (client.kind === 'not_answered') return client;
  const { provider, account, ask } = client.result;
  const answer = await ask(PERSON_TURN, () => provider.getBalance(account, { signal: app.stopping }));
  if (answer.kind === 'not_answered') return answer;
  return { kind: 'answered', result: { ...answer.result, provider: account.provider } };
}
