import { ProviderError } from '../../providers/sms-provider';
import type { AccountSettings } from '../../tenants/accounts';
import type { AppContext } from '../app-context';
import type { BatchRow } from '../store/batches';

/** The account that a batch is sent with; null where its workspace has none at this provider (any more). */
export function findAccount(
  app: AppContext,
  batch: Pick<BatchRow, 'tenant_id' | 'user_id' | 'channel'>,
): Promise<AccountSettings | null> {
  return app.accounts.find({ tenantId: batch.tenant_id, userId: batch.user_id, provider: batch.channel });
}

/** The same for a person who waits for an answer. Throws ProviderError where there is no account. */
export async function requireAccount(
  app: AppContext,
  key: { tenantId: string; userId: string; provider: string },
): Promise<AccountSettings> {
  const account = await app.accounts.find(key);
  if (!account) throw new ProviderError('no_account', 'account', 'No account is set up for this workspace.');
  return account;
}
