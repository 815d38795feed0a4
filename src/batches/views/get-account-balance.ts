import type { Balance } from '../../providers/sms-provider';
import { type AppContext, providerOf } from '../app-context';
import { requireAccount } from '../provider/find-account';

/** What the person's account can spend now. Throws ProviderError. */
export async function getAccountBalance(
  app: AppContext,
  key: { tenantId: string; userId: string; provider: string },
): Promise<Balance> {
  const sender = await requireAccount(app, key);
  return providerOf(app, key.provider).getBalance(sender.account, { signal: app.stopping });
}
