import { ProviderError } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { type Answer, createProviderClient, type ProviderClient } from './provider-client';

/**
 * The client for a person's questions, with their own sub-account if they have one. `accountId` null: the workspace's
 * default account. Not answered where there is no account.
 */
export async function openClient(
  app: AppContext,
  { tenantId, userId, accountId }: { tenantId: string; userId: string | null; accountId: string | null },
): Promise<Answer<ProviderClient>> {
  const id = accountId ?? (await app.accounts.findDefault(tenantId))?.id;
  const account = id && (await app.accounts.find(id, userId));
  if (!account || account.tenantId !== tenantId) {
    const why = new ProviderError('no_account', 'account', 'No account is set up for this workspace.');
    return { kind: 'not_answered', why, snoozeMs: 0 };
  }
  return { kind: 'answered', result: createProviderClient(app, account) };
}
