import { type Balance, ChannelError } from '../channels/channel';
import { channelOf, type Heart } from './heart';

/** What the person's account can spend now. Throws ChannelError. */
export async function getAccountBalance(
  heart: Heart,
  key: { tenantId: string; userId: string; channel: string },
): Promise<Balance> {
  const sender = await heart.accounts.find(key);
  if (!sender) throw new ChannelError('no_account', 'account', 'No account is set up for this workspace.');
  return channelOf(heart, key.channel).getBalance(sender.account, { signal: heart.stopping });
}
