import type { Balance } from '../../providers/sms-provider';
import { type Actor, authorise } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { openClient } from '../provider/open-client';
import { PERSON_TURN } from '../provider/provider-client';

/** What an account can spend, and at which provider it is. */
export interface AccountBalance extends Balance {
  provider: string;
}

/**
 * The balance of an account now; `accountId` null: of the workspace's default account. `userId`: whose sub-account, where
 * they have one. Throws ProviderError where the provider does not tell it.
 */
export async function getAccountBalance(
  app: AppContext,
  actor: Actor,
  of: { userId: string; accountId: string | null },
): Promise<AccountBalance> {
  authorise(actor, 'balance');
  const { provider, account, ask } = await openClient(app, { tenantId: actor.tenantId, ...of });
  const answer = await ask(PERSON_TURN, () => provider.getBalance(account, { signal: app.stopping }));
  if ('error' in answer) throw answer.error;
  return { ...answer.result, provider: account.provider };
}
