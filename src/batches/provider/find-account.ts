import { ChannelError } from '../../providers/sms-provider';
import type { SendingAccount } from '../../tenants/accounts';
import type { Heart } from '../app-context';
import type { BatchRow } from '../store/batches';

/** With what a batch is sent, and asked about; null where its workspace has no account on the channel (any more). */
export function findSender(
  heart: Heart,
  batch: Pick<BatchRow, 'tenant_id' | 'user_id' | 'channel'>,
): Promise<SendingAccount | null> {
  return heart.accounts.find({ tenantId: batch.tenant_id, userId: batch.user_id, channel: batch.channel });
}

/** The same for a person who waits for an answer. Throws ChannelError. */
export async function needSender(
  heart: Heart,
  key: { tenantId: string; userId: string; channel: string },
): Promise<SendingAccount> {
  const sender = await heart.accounts.find(key);
  if (!sender) throw new ChannelError('no_account', 'account', 'No account is set up for this workspace.');
  return sender;
}
