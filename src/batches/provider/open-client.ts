import { ProviderError } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { createProviderClient, type ProviderClient } from './provider-client';

/**
 * The client for a person's questions, with their own sub-account if they have one. `accountId` null: the workspace's
 * default account. Throws ProviderError where there is no account.
 */
export async function openClient(
  app: AppContext,
  { tenantId, userId, accountId }: { tenantId: string; userId: string | null; accountId: string | null },
): Promise<ProviderClient> {
  const id = accountId ?? (await app.accounts.findDefault(tenantId))?.id;
  const account = id && (await app.accounts.find(id, userId));
  if (!account || account.tenantId !== tenantId) {
    throw new ProviderError('no_account', 'account', 'No account is set up for this workspace.');
  }
  return createProviderClient(app, account);
}
