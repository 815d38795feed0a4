import type { Balance } from '../../providers/sms-provider';
import { type AppContext, providerOf } from '../app-context';
import { requireAccount } from '../provider/find-account';

/** The balance of the person's account now. Throws ProviderError where the provider does not tell it. */
export async function getAccountBalance(
  app: AppContext,
  key: { tenantId: string; userId: string; provider: string },
): Promise<Balance> {
  const { account } = await requireAccount(app, key);
  return providerOf(app, key.provider).getBalance(account, { signal: app.stopping });
}
