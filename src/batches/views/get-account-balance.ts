import type { Balance } from '../../providers/sms-provider';
import { channelOf, type Heart } from '../app-context';
import { needSender } from '../provider/find-account';

/** What the person's account can spend now. Throws ChannelError. */
export async function getAccountBalance(
  heart: Heart,
  key: { tenantId: string; userId: string; channel: string },
): Promise<Balance> {
  const sender = await needSender(heart, key);
  return channelOf(heart, key.channel).getBalance(sender.account, { signal: heart.stopping });
}
