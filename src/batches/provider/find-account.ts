import { ProviderError } from '../../providers/sms-provider';
import type { SendingAccount } from '../../tenants/accounts';
import type { AppContext } from '../app-context';
import type { BatchRow } from '../store/batches';

/** With what a batch is sent, and asked about; null where its workspace has no account on the channel (any more). */
export function findSender(
  app: AppContext,
  batch: Pick<BatchRow, 'tenant_id' | 'user_id' | 'channel'>,
): Promise<SendingAccount | null> {
  return app.accounts.find({ tenantId: batch.tenant_id, userId: batch.user_id, provider: batch.channel });
}

/** The same for a person who waits for an answer. Throws ProviderError. */
export async function needSender(
  app: AppContext,
  key: { tenantId: string; userId: string; provider: string },
): Promise<SendingAccount> {
  const sender = await app.accounts.find(key);
  if (!sender) throw new ProviderError('no_account', 'account', 'No account is set up for this workspace.');
  return sender;
}
